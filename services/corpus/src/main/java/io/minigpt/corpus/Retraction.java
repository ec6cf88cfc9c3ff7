package io.minigpt.corpus;

/**
 * What a retraction did.
 *
 * @param id what was retracted
 * @param readmitted id of the entry with the same content that counts instead; null if there was none
 * @param revision of the corpus
 */
public record Retraction(String id, String readmitted, long revision) {}
