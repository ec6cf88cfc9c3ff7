package io.minigpt.tokenization;

import java.time.Instant;

/**
 * An imported evaluation set in a list.
 *
 * @param name its name
 * @param use what it is asked for: report or choose
 * @param items how many questions it has
 * @param importedAt when it was last imported
 */
public record ImportedSet(String name, String use, int items, Instant importedAt) {}
