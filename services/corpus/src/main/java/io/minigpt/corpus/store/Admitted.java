package io.minigpt.corpus.store;

/**
 * What became of a batch.
 *
 * @param accepted candidates that were published
 * @param duplicates candidates whose content was there already
 * @param nearDuplicates those of them whose content was there nearly
 */
record Admitted(long accepted, long duplicates, long nearDuplicates) {}
