package io.minigpt.corpus;

/**
 * What became of a batch.
 *
 * @param accepted candidates that were published
 * @param duplicates candidates whose content was there already
 */
public record Admitted(long accepted, long duplicates) {}
