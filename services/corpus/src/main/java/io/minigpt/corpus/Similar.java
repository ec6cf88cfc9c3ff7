package io.minigpt.corpus;

/**
 * An active document that another one is nearly the same as.
 *
 * @param id of the active one
 * @param similarity of the two, see {@link Shingles#similarity}
 */
public record Similar(String id, double similarity) {}
