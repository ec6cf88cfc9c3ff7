package io.minigpt.teacher;

/**
 * A pair that is refused.
 *
 * @param reason first check that it failed
 * @param detail what exactly was wrong, in a few words
 * @param question as it came; for {@link PairReject#NOT_JSON} the unreadable text
 * @param answer as it came
 */
public record RejectedPair(PairReject reason, String detail, String question, String answer) {}
