package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.GenerationRequest;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.Prompt;
import io.minigpt.inference.Repetition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Makes generation requests of what callers send, with the defaults for what they leave out. */
@ApplicationScoped
class Requests {

    private static final double HIGHEST_TEMPERATURE = 2;
    private static final int MOST_STOP_TEXTS = 4;
    private static final int LONGEST_STOP_TEXT = 200;

    private final InferenceConfig config;

    Requests(InferenceConfig config) {
        this.config = config;
    }

    /** One request for each text of {@code prompt}. */
    List<GenerationRequest> of(CompletionBody body) {
        List<String> texts = texts("prompt", body.prompt());
        require(!texts.isEmpty(), "prompt", "is required: a text or a list of texts");
        require(texts.size() <= config.maxPrompts(), "prompt", "has more than " + config.maxPrompts() + " texts");
        return texts.stream()
                .map(text -> request(new Prompt.Beginning(checked("prompt", text)), body))
                .toList();
    }

    /** A request for an answer to the last message of the user. */
    GenerationRequest of(ChatBody body) {
        List<ChatBody.Message> messages = body.messages() == null ? List.of() : body.messages();
        require(
                messages.stream().noneMatch(message -> message == null || message.role() == null),
                "messages",
                "must each have a role");
        ChatBody.Message last = messages.reversed().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .orElseThrow(() -> OpenAiException.invalid("messages", "'messages' has no message of the role user"));
        String question = content(last.content());
        require(!question.isBlank(), "messages", "must end with a question that is not blank");
        return request(new Prompt.Question(checked("messages", question.strip())), body);
    }

    private GenerationRequest request(Prompt prompt, SamplingBody body) {
        InferenceConfig.Defaults defaults = config.defaults();
        int maxTokens = orElse(body.maxTokens(), defaults.maxTokens());
        double temperature = orElse(body.temperature(), defaults.temperature());
        double topP = orElse(body.topP(), defaults.topP());
        int topK = orElse(body.topK(), defaults.topK());
        require(maxTokens >= 1 && maxTokens <= config.maxTokens(), "max_tokens", "must be 1 to " + config.maxTokens());
        require(temperature >= 0 && temperature <= HIGHEST_TEMPERATURE, "temperature", "must be 0 to 2");
        require(topP > 0 && topP <= 1, "top_p", "must be greater than 0 and at most 1");
        require(topK >= 0, "top_k", "must be at least 0");
        return new GenerationRequest(
                prompt,
                maxTokens,
                temperature,
                topK,
                topP,
                orElse(body.seed(), defaults.seed()),
                stop(body.stop()),
                repetition(body.repetition()));
    }

    private Repetition repetition(String name) {
        if (name == null) {
            return config.defaults().repetition();
        }
        return Arrays.stream(Repetition.values())
                .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> OpenAiException.invalid("repetition", "'repetition' must be safe, seed or off"));
    }

    private static List<String> stop(JsonNode value) {
        List<String> texts = texts("stop", value);
        require(texts.size() <= MOST_STOP_TEXTS, "stop", "has more than " + MOST_STOP_TEXTS + " texts");
        require(
                texts.stream().allMatch(text -> !text.isEmpty() && text.length() <= LONGEST_STOP_TEXT),
                "stop",
                "must have texts of 1 to " + LONGEST_STOP_TEXT + " characters");
        return texts;
    }

    /** A text or a list of texts; none for null. */
    private static List<String> texts(String param, JsonNode value) {
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.asText());
        }
        List<JsonNode> items = StreamSupport.stream(value.spliterator(), false).toList();
        require(
                value.isArray() && items.stream().allMatch(JsonNode::isTextual),
                param,
                "must be a text or a list of texts");
        return items.stream().map(JsonNode::asText).toList();
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
        if (text.length() > config.maxPromptCharacters()) {
            throw OpenAiException.of(
                    413,
                    "invalid_request_error",
                    param,
                    "string_above_max_length",
                    "'" + param + "' has " + text.length() + " characters, more than " + config.maxPromptCharacters());
        }
        return text;
    }

    private static <T> T orElse(T value, T other) {
        return value == null ? other : value;
    }

    private static void require(boolean holds, String param, String rule) {
        if (!holds) {
            throw OpenAiException.invalid(param, "'" + param + "' " + rule);
        }
    }
}
