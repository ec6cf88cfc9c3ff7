package io.minigpt.gpt;

/**
 * How much a batch holds at once, and how strictly its sequences are kept apart.
 *
 * @param rows the most sequences that are continued together
 * @param cachedTokens the most tokens that their caches have room for, together; a sequence alone may have more
 * @param deterministic whether every step computes {@code rows} rows and every prompt is read alone, so that a text is
 *     the same to the bit whatever else is in the batch; costs speed while fewer rows run
 */
public record BatchLimits(int rows, long cachedTokens, boolean deterministic) {
    /** 64 sequences with 65,536 tokens, not deterministic. */
    public static final BatchLimits DEFAULT = new BatchLimits(64, 65_536, false);

    public BatchLimits {
        Sampling.require(rows >= 1 && rows <= 1024, "rows", rows, "1 to 1024");
        Sampling.require(cachedTokens >= 1, "cachedTokens", cachedTokens, "at least 1");
    }
}
