package io.minigpt.corpus;

/**
 * A line that was refused.
 *
 * @param line its number, from 1
 * @param code why, as a {@link RejectReason#code()}
 * @param reason what is wrong with it, for people
 * @param excerpt how it begins
 */
public record Rejection(long line, String code, String reason, String excerpt) {}
