package io.minigpt.inference.http;

import static io.minigpt.inference.http.Parameters.require;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.StreamingDecoder;
import io.minigpt.gpt.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads what callers send as prompts. */
final class Prompts {

    /** What a text without a beginning follows on. */
    private static final int[] NOTHING = {Tokenizer.END_OF_TEXT};

    /**
     * A prompt.
     *
     * @param text as the caller knows it
     * @param tokens as the model reads it, the template included
     */
    record Prompt(String text, int[] tokens) {
        int characters() {
            return text.codePointCount(0, text.length());
        }

        /** Whether the caller wrote nothing. */
        boolean isNothing() {
            return text.isEmpty() && Arrays.equals(tokens, NOTHING);
        }
    }

    private final int longest;

    /** @param longest the most characters, or token ids, of a prompt */
    Prompts(int longest) {
        this.longest = longest;
    }

    /** The prompts of a completion: a text, a list of texts, token ids or a list of lists of them. */
    List<Prompt> beginnings(JsonNode value) {
        if (value == null || value.isNull() || value.isArray() && value.isEmpty()) {
            throw OpenAiException.invalid(
                    "prompt", "'prompt' is required: a text, a list of texts, token ids or lists of token ids");
        }
        if (!value.isArray() || value.get(0).isNumber()) {
            return List.of(beginning(value));
        }
        List<Prompt> prompts = new ArrayList<>();
        value.forEach(item -> prompts.add(beginning(item)));
        return prompts;
    }

    /** The question of a conversation: its last message of the role user, in the template of a model. */
    Prompt question(List<ChatBody.Message> messages, PairTemplate template) {
        require(
                messages.stream().noneMatch(message -> message == null || message.role() == null),
                "messages",
                "must each have a role");
        ChatBody.Message last = messages.reversed().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .orElseThrow(() -> OpenAiException.invalid("messages", "'messages' has no message of the role user"));
        String question = checked("messages", content(last.content()).strip());
        require(!question.isBlank(), "messages", "must end with a question that is not blank");
        return new Prompt(question, template.promptTokens(question));
    }

    private Prompt beginning(JsonNode value) {
        if (value.isTextual()) {
            String text = checked("prompt", value.asText());
            return new Prompt(text, text.isEmpty() ? NOTHING : Tokenizer.gpt2().encode(text));
        }
        require(
                value.isArray() && !value.isEmpty(),
                "prompt",
                "must be a text, a list of texts, token ids or lists of token ids");
        require(value.size() <= longest, "prompt", "has more than " + longest + " token ids");
        int[] tokens = new int[value.size()];
        StreamingDecoder decoder = new StreamingDecoder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.length; i++) {
            JsonNode id = value.get(i);
            require(
                    id.isIntegralNumber() && id.canConvertToInt() && id.asInt() >= 0 && id.asInt() < Tokenizer.SIZE,
                    "prompt",
                    "has " + brief(id) + " where token ids are expected: 0 to " + (Tokenizer.SIZE - 1));
            tokens[i] = id.asInt();
            text.append(decoder.accept(tokens[i]));
        }
        return new Prompt(text.toString(), tokens);
    }

    private static String content(JsonNode content) {
        if (content != null && content.isTextual()) {
            return content.asText();
        }
        require(content != null && content.isArray(), "messages", "must have a content");
        return StreamSupport.stream(content.spliterator(), false)
                .map(part -> {
                    require(
                            part.path("type").asText().equals("text")
                                    && part.path("text").isTextual(),
                            "messages",
                            "can have parts of the type text only");
                    return part.path("text").asText();
                })
                .collect(Collectors.joining());
    }

    private String checked(String param, String text) {
        if (text.length() > longest) {
            throw OpenAiException.of(
                    413,
                    "invalid_request_error",
                    param,
                    "string_above_max_length",
                    "'" + param + "' has " + text.length() + " characters, more than " + longest);
        }
        return text;
    }

    private static String brief(JsonNode value) {
        String text = value.toString();
        return text.length() <= 20 ? text : text.substring(0, 20) + "...";
    }
}
