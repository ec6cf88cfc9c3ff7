package io.minigpt.gpt;

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
}
