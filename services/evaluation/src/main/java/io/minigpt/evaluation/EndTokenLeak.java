package io.minigpt.evaluation;

import java.util.Locale;

/**
 * 1 if the end token stands in the text as letters, whole or in part, else 0. The first MiniGPT trained on {@code
 * <|endoftext|>} as ordinary text and so wrote it into its answers; the word in it belongs to no language.
 */
public final class EndTokenLeak implements TextMetric {

    private static final String NAME_OF_THE_TOKEN = "endoftext";

    @Override
    public String name() {
        return "end_token_leak";
    }

    @Override
    public double score(String text) {
        return text.toLowerCase(Locale.ROOT).contains(NAME_OF_THE_TOKEN) ? 1 : 0;
    }
}
