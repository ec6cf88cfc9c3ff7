package io.minigpt.tokenization.files;

/**
 * Size of a split.
 *
 * @param records different records
 * @param entries records with their repetitions, as in the index
 * @param tokens token ids in the token file
 * @param bytes UTF-8 bytes of the text behind them
 * @param characters Unicode code points of that text
 */
public record SplitCounts(long records, long entries, long tokens, long bytes, long characters) {}
