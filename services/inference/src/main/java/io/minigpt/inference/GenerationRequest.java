package io.minigpt.inference;

import java.util.List;

/**
 * What to generate.
 *
 * @param prompt what the model is given
 * @param maxTokens the most new tokens
 * @param temperature 0 takes the likeliest token
 * @param topK sample among this many likeliest tokens; 0 for all
 * @param topP sample among the likeliest tokens that together have this probability
 * @param seed of the random stream
 * @param stop texts at which the answer ends; they are not part of it
 * @param repetition what counts as a text that repeats itself
 */
public record GenerationRequest(
        Prompt prompt,
        int maxTokens,
        double temperature,
        int topK,
        double topP,
        long seed,
        List<String> stop,
        Repetition repetition) {

    private static final int WARM_UP_TOKENS = 8;

    public GenerationRequest {
        stop = List.copyOf(stop);
    }

    /** A short request that makes a freshly loaded model ready for real ones. */
    static GenerationRequest warmUp() {
        return new GenerationRequest(
                new Prompt.Beginning("1, 2, 3"), WARM_UP_TOKENS, 0, 0, 1, 0, List.of(), Repetition.OFF);
    }
}
