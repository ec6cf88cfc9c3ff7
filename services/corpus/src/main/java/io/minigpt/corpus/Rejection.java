package io.minigpt.corpus;

/**
 * A line that was refused.
 *
 * @param line its number, from 1
 * @param reason what is wrong with it
 */
public record Rejection(long line, String reason) {}
