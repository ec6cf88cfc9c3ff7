package io.minigpt.tokenization;

import java.time.Instant;

/**
 * A version's files are gone.
 *
 * @param at when, by the database's clock
 * @param reason why, for people
 */
public record Withdrawal(Instant at, String reason) {}
