package io.minigpt.tokenization.files;

import io.minigpt.tokenization.PlannedRecord;

/**
 * An entry after it was written.
 *
 * @param record the entry
 * @param number its number in its split, from 0
 * @param firstToken number of its first token in the token file; meaningless in a split without one
 * @param tokens how many it has
 * @param promptTokens how many of them are the prompt
 * @param sha256 of the encoded text
 */
public record WrittenEntry(
        PlannedRecord record, long number, long firstToken, int tokens, int promptTokens, byte[] sha256) {}
