package io.minigpt.teacher;

/**
 * A reworded question that is refused.
 *
 * @param reason first check that it failed
 * @param detail what exactly was wrong, in a few words
 * @param question as it came
 */
public record RejectedVariant(VariantReject reason, String detail, String question) {}
