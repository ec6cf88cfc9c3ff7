package io.minigpt.tokenization;

/**
 * An active document that a pretraining version may contain.
 *
 * @param id document id
 * @param sequence its order in the corpus, from 1
 */
public record DocumentCandidate(String id, long sequence) {}
