package io.minigpt.inference.http;

import static io.minigpt.inference.http.Parameters.orElse;
import static io.minigpt.inference.http.Parameters.require;
import static io.minigpt.inference.http.Parameters.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.Repetition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** How callers want tokens to be chosen and texts to end, with the defaults for what they leave out. */
final class SamplingParameters {

    private static final double HIGHEST_TEMPERATURE = 2;
    private static final double HIGHEST_PENALTY = 2;
    private static final double HIGHEST_REPETITION_PENALTY = 10;
    private static final int MOST_STOP_TEXTS = 4;
    private static final int LONGEST_STOP_TEXT = 200;
    private static final int MOST_BIASES = 300;
    private static final double HIGHEST_BIAS = 100;

    private final InferenceConfig config;

    SamplingParameters(InferenceConfig config) {
        this.config = config;
    }

    /** Begins a request with them. @param leastTokens that may be asked for */
    GenerationRequest.Builder of(int[] prompt, int leastTokens, SamplingBody body) {
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
                        "max_tokens", orElse(body.maxTokens(), defaults.maxTokens()), leastTokens, config.maxTokens()))
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

    private static Map<Integer, Double> bias(Map<Integer, Double> bias) {
        require(bias.size() <= MOST_BIASES, "logit_bias", "has more than " + MOST_BIASES + " tokens");
        bias.forEach((id, value) -> require(
                id >= 0 && id < Tokenizer.SIZE && value != null && Math.abs(value) <= HIGHEST_BIAS,
                "logit_bias",
                "has " + id + ": " + value + " where token ids, 0 to " + (Tokenizer.SIZE - 1)
                        + ", are expected with -100 to 100"));
        return bias;
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
}
