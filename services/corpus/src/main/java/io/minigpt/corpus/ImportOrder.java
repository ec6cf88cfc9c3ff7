package io.minigpt.corpus;

/**
 * An import.
 *
 * @param id its id
 * @param corpus where it goes
 * @param kind what it brings
 */
public record ImportOrder(String id, CorpusName corpus, Kind kind) {}
