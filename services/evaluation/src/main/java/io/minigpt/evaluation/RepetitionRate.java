package io.minigpt.evaluation;

import java.util.Map;

/**
 * The share of sequences of 4 characters that stood in the text before: 1 minus the distinct ones over all (Welleck et
 * al., "Neural Text Generation with Unlikelihood Training", 2020, section 6.1, seq-rep-4, over characters). 0 if the
 * text is shorter.
 */
public final class RepetitionRate implements TextMetric {

    private static final int LENGTH = 4;

    @Override
    public String name() {
        return "repetition";
    }

    @Override
    public double score(String text) {
        int[] characters = Characters.of(text);
        int all = characters.length - LENGTH + 1;
        if (all < 1) {
            return 0;
        }
        Map<?, ?> distinct = Characters.grams(characters, LENGTH);
        return 1 - (double) distinct.size() / all;
    }
}
