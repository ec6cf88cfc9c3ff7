package io.minigpt.tokenization;

/**
 * A record of a version that resembles a text.
 *
 * @param similarity from 0 to 1: how much of the text's trigrams a piece of its question and answer has
 * @param split its split in the version
 * @param label what a model that learned the version knows of it
 * @param record the record with its passage and document
 */
public record NearRecord(double similarity, String split, String label, TracedRecord record) {}
