package io.minigpt.augmentation;

import io.minigpt.teacher.RejectedVariant;
import java.util.List;

/**
 * What a teacher's replies about a question hold.
 *
 * @param variants good variants in the order of their ordinals
 * @param refusals what a check refused
 */
public record Findings(List<String> variants, List<Refusal> refusals) {

    public Findings {
        variants = List.copyOf(variants);
        refusals = List.copyOf(refusals);
    }

    /** A variant that a check refused, with the call whose reply held it. */
    public record Refusal(String callId, RejectedVariant variant) {}
}
