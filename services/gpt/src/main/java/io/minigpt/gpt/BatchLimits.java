package io.minigpt.gpt;

/**
 * How much a batch holds at once, and how much of a prompt it reads between two tokens of the others.
 *
 * @param rows the most sequences that are continued together
 * @param cachedTokens the most tokens that their caches have room for, together; a sequence alone may have more
 * @param promptTokens the most tokens of prompts that one step reads; few keep the time between two tokens of the others
 *     short, many read prompts faster
 */
public record BatchLimits(int rows, long cachedTokens, int promptTokens) {
    /** 64 sequences with 65,536 tokens, prompts by 512 tokens. */
    public static final BatchLimits DEFAULT = new BatchLimits(64, 65_536, 512);

    public BatchLimits {
        Sampling.require(rows >= 1 && rows <= 1024, "rows", rows, "1 to 1024");
        Sampling.require(cachedTokens >= 1, "cachedTokens", cachedTokens, "at least 1");
        Sampling.require(promptTokens >= 1, "promptTokens", promptTokens, "at least 1");
    }
}
