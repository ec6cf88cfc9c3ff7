package io.minigpt.gpt;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text whose probability is asked for.
 *
 * @param context the tokens before it, at least one
 * @param tokens its own, at least one
 */
public record Continuation(int[] context, int[] tokens) {
    public Continuation {
        context = context.clone();
        tokens = tokens.clone();
        if (context.length == 0 || tokens.length == 0) {
            throw new IllegalArgumentException("a continuation needs a token of context and one of its own");
        }
    }

    /** The last tokens of context and text, at most so many. */
    int[] end(int most) {
        int[] all =
                IntStream.concat(IntStream.of(context), IntStream.of(tokens)).toArray();
        return Arrays.copyOfRange(all, Math.max(0, all.length - most), all.length);
    }
}
