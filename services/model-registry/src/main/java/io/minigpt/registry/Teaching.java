package io.minigpt.registry;

import java.math.BigDecimal;

/**
 * What a teacher was asked for the pairs behind a dataset version.
 *
 * @param kind generation or augmentation
 * @param teacher name and version of the teacher
 * @param promptVersion version of the prompt; empty for augmentation
 * @param runs how many runs
 * @param calls calls
 * @param tokensIn tokens sent
 * @param tokensOut tokens received
 * @param cost in the currency of the configured prices
 */
public record Teaching(
        String kind,
        String teacher,
        String promptVersion,
        long runs,
        long calls,
        long tokensIn,
        long tokensOut,
        BigDecimal cost) {}
