package io.minigpt.gpt;

import java.util.List;

/**
 * A generated text.
 *
 * @param text without the prompt, without a stop string, without a repeat and without half a character at its end
 * @param tokens the generated ids, the end token included
 * @param promptTokens the number of tokens of the prompt
 * @param finishReason why it ended
 * @param probabilities of the tokens, if they were asked for
 */
public record Generation(
        String text,
        List<Integer> tokens,
        int promptTokens,
        FinishReason finishReason,
        List<TokenProbability> probabilities) {
    public Generation {
        tokens = List.copyOf(tokens);
        probabilities = List.copyOf(probabilities);
    }
}
