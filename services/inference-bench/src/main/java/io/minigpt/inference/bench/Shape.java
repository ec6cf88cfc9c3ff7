package io.minigpt.inference.bench;

import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.RepetitionRule;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What every stream asks for.
 *
 * @param promptTokens tokens of a prompt
 * @param newTokens tokens of a text
 */
record Shape(int promptTokens, int newTokens) {

    private static final int TOP_K = 200;
    private static final int PLAIN_TOKENS = 40_000;

    /** The request of a stream for the bare engine. */
    GenerationRequest request(long seed) {
        return GenerationRequest.to(prompt(seed))
                .maxNewTokens(newTokens)
                .temperature(1)
                .topK(TOP_K)
                .seed(seed)
                .repetition(RepetitionRule.NONE)
                .build();
    }

    /** The same for the service. */
    String body(String model, long seed) {
        String prompt = IntStream.of(prompt(seed)).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return """
                {"model": "%s", "prompt": [%s], "max_tokens": %d, "temperature": 1, "top_k": %d, "seed": %d,
                 "repetition": "off", "stream": true, "stream_options": {"include_usage": true}}""".formatted(model, prompt, newTokens, TOP_K, seed);
    }

    private int[] prompt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.ints(promptTokens, 0, PLAIN_TOKENS).toArray();
    }
}
