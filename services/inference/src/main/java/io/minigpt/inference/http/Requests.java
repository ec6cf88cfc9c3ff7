package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.PromptTemplate;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.Repetition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Makes generation requests of what callers send, with the defaults for what they leave out. */
@ApplicationScoped
class Requests {

    private static final double HIGHEST_TEMPERATURE = 2;
    private static final double HIGHEST_PENALTY = 2;
    private static final double HIGHEST_REPETITION_PENALTY = 10;
    private static final int MOST_STOP_TEXTS = 4;
    private static final int LONGEST_STOP_TEXT = 200;
    private static final int MOST_ALTERNATIVES = 20;
    private static final int MOST_BIASES = 300;
    private static final double HIGHEST_BIAS = 100;

    private final InferenceConfig config;
    private final Prompts prompts;

    Requests(InferenceConfig config) {
        this.config = config;
        this.prompts = new Prompts(config.maxPromptCharacters());
    }

    /** {@code n} texts for each prompt. */
    Call of(CompletionBody body) {
        boolean echo = Boolean.TRUE.equals(body.echo());
        boolean scored = echo && body.logprobs() != null;
        require(
                !scored || !"slide".equals(body.contextOverflow()),
                "context_overflow",
                "cannot be slide when 'echo' and 'logprobs' ask for the prompt's tokens");
        int alternatives = body.logprobs() == null
                ? GenerationRequest.NO_PROBABILITIES
                : within("logprobs", body.logprobs(), 0, MOST_ALTERNATIVES);
        int choices = choices(body);
        int candidates = within("best_of", orElse(body.bestOf(), choices), choices, mostTexts());
        require(candidates == choices || !body.wish().wanted(), "best_of", "cannot be more than 'n' in a stream");
        return call(
                prompts.beginnings(body.prompt()),
                body,
                scored ? ContextOverflow.STOP : ContextOverflow.SLIDE,
                new Call.Wishes(choices, candidates, alternatives, echo));
    }

    /** {@code n} answers to the last message of the user. */
    Call of(ChatBody body, PromptTemplate template) {
        List<ChatBody.Message> messages = body.messages() == null ? List.of() : body.messages();
        boolean logprobs = Boolean.TRUE.equals(body.logprobs());
        require(logprobs || body.topLogprobs() == null, "top_logprobs", "needs 'logprobs': true");
        int alternatives = logprobs
                ? within("top_logprobs", orElse(body.topLogprobs(), 0), 0, MOST_ALTERNATIVES)
                : GenerationRequest.NO_PROBABILITIES;
        int choices = choices(body);
        return call(
                List.of(prompts.question(messages, template)),
                body,
                ContextOverflow.STOP,
                new Call.Wishes(choices, choices, alternatives, false));
    }

    private Call call(
            List<Prompts.Prompt> prompts, SamplingBody body, ContextOverflow overflow, Call.Wishes wishes) {
        require(
                prompts.size() <= mostTexts() / wishes.candidates(),
                "prompt",
                "and 'n' or 'best_of' ask for more than " + mostTexts() + " texts");
        long seed = orElse(body.seed(), config.defaults().seed());
        List<GenerationRequest> requests = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> echoes = new ArrayList<>();
        for (Prompts.Prompt prompt : prompts) {
            GenerationRequest.Builder request = sampling(prompt.tokens(), wishes.promptProbabilities() ? 0 : 1, body)
                    .overflow(overflow(body.contextOverflow(), overflow))
                    // the likeliest are chosen by their tokens' probabilities
                    .alternatives(wishes.selects() ? Math.max(0, wishes.alternatives()) : wishes.alternatives())
                    .promptProbabilities(
                            wishes.promptProbabilities() && !prompt.text().isEmpty());
            for (int candidate = 0; candidate < wishes.candidates(); candidate++) {
                requests.add(request.seed(seed + candidate).build());
                texts.add(prompt.text());
            }
            echoes.addAll(Collections.nCopies(wishes.choices(), wishes.echo() ? prompt.text() : ""));
        }
        int characters = prompts.stream().mapToInt(Prompts.Prompt::characters).sum();
        return new Call(requests, texts, echoes, wishes, characters, body.wish());
    }

    private int choices(SamplingBody body) {
        return within("n", orElse(body.n(), 1), 1, mostTexts());
    }

    private int mostTexts() {
        return Math.min(config.maxTexts(), config.queue());
    }

    private static Map<Integer, Double> bias(Map<Integer, Double> bias) {
        require(bias.size() <= MOST_BIASES, "logit_bias", "has more than " + MOST_BIASES + " tokens");
        bias.forEach((id, value) -> require(
                id >= 0 && id < Tokenizer.SIZE && value != null && Math.abs(value) <= HIGHEST_BIAS,
                "logit_bias",
                "has " + id + ": " + value + " where token ids, 0 to " + (Tokenizer.SIZE - 1)
                        + ", are expected with -100 to 100"));
        return bias;
    }

    private GenerationRequest.Builder sampling(int[] prompt, int leastTokens, SamplingBody body) {
        InferenceConfig.Defaults defaults = config.defaults();
        double topP = orElse(body.topP(), defaults.topP());
        double minP = orElse(body.minP(), 0.0);
        double repetitionPenalty = orElse(body.repetitionPenalty(), 1.0);
        require(topP > 0 && topP <= 1, "top_p", "must be greater than 0 and at most 1");
        require(minP >= 0 && minP < 1, "min_p", "must be at least 0 and less than 1");
        require(
                repetitionPenalty > 0 && repetitionPenalty <= HIGHEST_REPETITION_PENALTY,
                "repetition_penalty",
                "must be greater than 0 and at most 10");
        return GenerationRequest.to(prompt)
                .maxNewTokens(within(
                        "max_tokens",
                        orElse(body.maxTokens(), defaults.maxTokens()),
                        leastTokens,
                        config.maxTokens()))
                .temperature(within(
                        "temperature", orElse(body.temperature(), defaults.temperature()), 0, HIGHEST_TEMPERATURE))
                .topK(within("top_k", orElse(body.topK(), defaults.topK()), 0, Integer.MAX_VALUE))
                .topP(topP)
                .minP(minP)
                .presencePenalty(penalty("presence_penalty", body.presencePenalty()))
                .frequencyPenalty(penalty("frequency_penalty", body.frequencyPenalty()))
                .repetitionPenalty(repetitionPenalty)
                .noRepeatNgram(within("no_repeat_ngram", orElse(body.noRepeatNgram(), 0), 0, Integer.MAX_VALUE))
                .logitBias(bias(orElse(body.logitBias(), Map.of())))
                .stop(stop(body.stop()))
                .repetition(repetition(body.repetition()))
                .wellFormed(orElse(body.banInvalidUtf8(), true))
                .deterministic(orElse(body.deterministic(), false));
    }

    private RepetitionRule repetition(String name) {
        if (name == null) {
            return config.defaults().repetition().rule();
        }
        return Arrays.stream(Repetition.values())
                .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> OpenAiException.invalid("repetition", "'repetition' must be safe, seed or off"))
                .rule();
    }

    private static ContextOverflow overflow(String name, ContextOverflow otherwise) {
        return switch (name) {
            case null -> otherwise;
            case "slide" -> ContextOverflow.SLIDE;
            case "stop" -> ContextOverflow.STOP;
            default -> throw OpenAiException.invalid("context_overflow", "'context_overflow' must be slide or stop");
        };
    }

    private static List<String> stop(JsonNode value) {
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<JsonNode> items = value.isTextual()
                ? List.of(value)
                : StreamSupport.stream(value.spliterator(), false).toList();
        require(
                (value.isTextual() || value.isArray()) && items.stream().allMatch(JsonNode::isTextual),
                "stop",
                "must be a text or a list of texts");
        List<String> texts = items.stream().map(JsonNode::asText).toList();
        require(texts.size() <= MOST_STOP_TEXTS, "stop", "has more than " + MOST_STOP_TEXTS + " texts");
        require(
                texts.stream().allMatch(text -> !text.isEmpty() && text.length() <= LONGEST_STOP_TEXT),
                "stop",
                "must have texts of 1 to " + LONGEST_STOP_TEXT + " characters");
        return texts;
    }

    private static double penalty(String param, Double value) {
        return within(param, orElse(value, 0.0), -HIGHEST_PENALTY, HIGHEST_PENALTY);
    }

    private static int within(String param, int value, int least, int most) {
        require(value >= least && value <= most, param, "must be " + least + " to " + most);
        return value;
    }

    private static double within(String param, double value, double least, double most) {
        require(value >= least && value <= most, param, "must be " + least + " to " + most);
        return value;
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
