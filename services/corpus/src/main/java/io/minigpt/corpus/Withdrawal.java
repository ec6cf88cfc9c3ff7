package io.minigpt.corpus;

/**
 * How an entry is taken back.
 *
 * @param reason why, for people
 * @param erases whether what it says and everything made from it is removed wherever it is kept
 */
public record Withdrawal(String reason, boolean erases) {}
