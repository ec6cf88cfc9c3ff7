package io.minigpt.gpt;

import io.minigpt.gpt.text.RepetitionRule;
import java.util.Arrays;

/**
 * What to generate.
 *
 * @param prompt token ids, at least one
 * @param maxNewTokens the most tokens to generate
 * @param temperature 0 for the likeliest token, else what logits are divided by
 * @param topK sample among this many likeliest tokens, 0 for all
 * @param topP sample among the likeliest tokens that together have this probability, 1 for all
 * @param seed of the random stream, which depends on it and on the token's position alone
 * @param repetition when a text counts as repeating itself, and ends
 * @param overflow what happens when the context is full
 */
public record GenerationRequest(
        int[] prompt,
        int maxNewTokens,
        double temperature,
        int topK,
        double topP,
        long seed,
        RepetitionRule repetition,
        ContextOverflow overflow) {
    /** What happens when prompt and text fill the model's context. */
    public enum ContextOverflow {
        /** Generation ends, with the reason {@link FinishReason#LENGTH}. */
        STOP,
        /** The older half is forgotten. */
        SLIDE
    }

    public GenerationRequest {
        prompt = prompt.clone();
        require(prompt.length > 0, "the prompt is empty");
        require(Arrays.stream(prompt).allMatch(id -> id >= 0), "a token id of the prompt is negative");
        require(maxNewTokens >= 1, "maxNewTokens is " + maxNewTokens + ", but must be at least 1");
        require(temperature >= 0 && temperature <= 100, "temperature is " + temperature + ", but must be 0 to 100");
        require(topK >= 0, "topK is " + topK + ", but must be at least 0");
        require(topP > 0 && topP <= 1, "topP is " + topP + ", but must be greater than 0 and at most 1");
    }

    /** The likeliest continuation of a prompt, guarded against repetition. */
    public static GenerationRequest greedy(int[] prompt, int maxNewTokens) {
        return new GenerationRequest(prompt, maxNewTokens, 0, 0, 1, 0, RepetitionRule.SAFE, ContextOverflow.STOP);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
