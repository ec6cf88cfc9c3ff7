package io.minigpt.gpt.data;

import java.util.Arrays;

/**
 * The input of one forward pass, row after row.
 *
 * @param rows B, sequences
 * @param columns T, tokens of a sequence
 * @param inputs [B, T] token ids
 * @param targets [B, T], the id that follows each input, or {@link #IGNORED}
 * @param positions [B, T], each token's place in its own text, if a row holds several texts that must not see each
 *     other; empty if a row is one text
 */
public record Batch(int rows, int columns, long[] inputs, long[] targets, long[] positions) {
    /** A target that does not count. */
    public static final long IGNORED = -1;

    public Batch {
        if (inputs.length != rows * columns || targets.length != rows * columns) {
            throw new IllegalArgumentException("a batch of " + rows + " x " + columns + " with " + inputs.length
                    + " inputs and " + targets.length + " targets");
        }
        if (positions.length != 0 && positions.length != inputs.length) {
            throw new IllegalArgumentException(
                    "a batch of " + rows + " x " + columns + " with " + positions.length + " positions");
        }
    }

    /** A batch of one text a row, to be filled in: every input 0, every target {@link #IGNORED}. */
    public static Batch empty(int rows, int columns) {
        return new Batch(rows, columns, new long[rows * columns], ignored(rows * columns), new long[0]);
    }

    /** A batch of several texts a row, to be filled in: every input and position 0, every target {@link #IGNORED}. */
    static Batch emptyPacked(int rows, int columns) {
        return new Batch(rows, columns, new long[rows * columns], ignored(rows * columns), new long[rows * columns]);
    }

    /** Whether a row holds several texts. */
    public boolean packed() {
        return positions.length > 0;
    }

    /** The number of targets that count. */
    public int counted() {
        return (int) Arrays.stream(targets).filter(target -> target != IGNORED).count();
    }

    private static long[] ignored(int size) {
        long[] targets = new long[size];
        Arrays.fill(targets, IGNORED);
        return targets;
    }
}
