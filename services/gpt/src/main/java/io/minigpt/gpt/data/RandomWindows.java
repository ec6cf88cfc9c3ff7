package io.minigpt.gpt.data;

import java.util.SplittableRandom;

/** Windows at random places of the tokens, as nanoGPT's get_batch takes them. */
public final class RandomWindows implements Batches {
    private final TokenFile tokens;
    private final int rows;
    private final int columns;
    private final long seed;

    /**
     * @param rows sequences of a batch
     * @param columns tokens of a sequence
     * @throws IllegalArgumentException if the tokens do not fill a window and its last target
     */
    public RandomWindows(TokenFile tokens, int rows, int columns, long seed) {
        FixedWindows.requireWindow(tokens, columns);
        this.tokens = tokens;
        this.rows = rows;
        this.columns = columns;
        this.seed = seed;
    }

    @Override
    public Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(Mix.of(seed, number));
        Batch batch = Batch.empty(rows, columns);
        for (int row = 0; row < rows; row++) {
            FixedWindows.fill(batch, row, tokens, random.nextLong(tokens.size() - columns));
        }
        return batch;
    }
}
