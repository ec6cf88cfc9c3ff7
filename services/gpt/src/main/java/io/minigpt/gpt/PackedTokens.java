package io.minigpt.gpt;

import java.util.List;

/**
 * Tokens of several sequences, one sequence after the other, without padding.
 *
 * @param tokens all ids
 * @param counts how many of them belong to each sequence
 */
record PackedTokens(long[] tokens, long[] counts) {
    static PackedTokens of(List<int[]> sequences) {
        long[] counts = new long[sequences.size()];
        long[] tokens = new long[sequences.stream().mapToInt(ids -> ids.length).sum()];
        int at = 0;
        for (int b = 0; b < counts.length; b++) {
            counts[b] = sequences.get(b).length;
            for (int id : sequences.get(b)) {
                tokens[at++] = id;
            }
        }
        return new PackedTokens(tokens, counts);
    }

    /** Each token's position in its sequence, whose first token here has the position in {@code starts}. */
    long[] positions(long[] starts) {
        long[] positions = new long[tokens.length];
        int at = 0;
        for (int b = 0; b < counts.length; b++) {
            for (int i = 0; i < counts[b]; i++) {
                positions[at++] = starts[b] + i;
            }
        }
        return positions;
    }

    /** The index of each sequence's last token. */
    long[] last() {
        long[] last = new long[counts.length];
        long end = 0;
        for (int b = 0; b < last.length; b++) {
            end += counts[b];
            last[b] = end - 1;
        }
        return last;
    }
}
