package io.minigpt.gpt.data;

/** Windows at equal distances over all tokens, the same in every evaluation, so that their losses can be compared. */
public final class FixedWindows implements Batches {
    private final TokenFile tokens;
    private final int rows;
    private final int columns;
    private final long windows;

    /**
     * @param rows sequences of a batch
     * @param columns tokens of a sequence
     * @param batches the number of batches; fewer if the tokens are fewer
     * @throws IllegalArgumentException if the tokens do not fill a window and its last target
     */
    public FixedWindows(TokenFile tokens, int rows, int columns, int batches) {
        requireWindow(tokens, columns);
        this.tokens = tokens;
        this.rows = rows;
        this.columns = columns;
        this.windows = Math.min((long) rows * batches, (tokens.size() - 1) / columns);
    }

    /** The number of batches that cover every window once. */
    public int size() {
        return Math.toIntExact((windows + rows - 1) / rows);
    }

    @Override
    public Batch batch(long number) {
        long first = number % size() * rows;
        int filled = (int) Math.min(rows, windows - first);
        Batch batch = Batch.empty(filled, columns);
        for (int row = 0; row < filled; row++) {
            long spread = (tokens.size() - 1 - columns) / Math.max(1, windows - 1);
            fill(batch, row, tokens, (first + row) * spread);
        }
        return batch;
    }

    static void requireWindow(TokenFile tokens, int columns) {
        if (tokens.size() <= columns) {
            throw new IllegalArgumentException(tokens.size() + " tokens do not fill one window of " + columns
                    + " and its last target: take more text or a smaller block_size");
        }
    }

    static void fill(Batch batch, int row, TokenFile tokens, long start) {
        int at = row * batch.columns();
        for (int column = 0; column < batch.columns(); column++) {
            batch.inputs()[at + column] = tokens.get(start + column);
            batch.targets()[at + column] = tokens.get(start + column + 1);
        }
    }
}
