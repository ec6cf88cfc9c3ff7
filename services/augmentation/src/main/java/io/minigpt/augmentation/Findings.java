package io.minigpt.augmentation;

import io.minigpt.teacher.RejectedVariant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a teacher's replies about a question hold.
 *
 * @param variants good variants, each recipe's in the order of their ordinals
 * @param refusals what a check refused
 */
public record Findings(List<Variant> variants, List<Refusal> refusals) {

    public Findings {
        variants = List.copyOf(variants);
        refusals = List.copyOf(refusals);
    }

    /** These and others. */
    public Findings and(Findings others) {
        return new Findings(
                Stream.concat(variants.stream(), others.variants.stream()).toList(),
                Stream.concat(refusals.stream(), others.refusals.stream()).toList());
    }

    /** How many variants a recipe has. */
    public long of(Recipe recipe) {
        return variants.stream().filter(variant -> variant.recipe() == recipe).count();
    }

    /** A variant that a check refused, with the call whose reply held it. */
    public record Refusal(String callId, RejectedVariant variant) {}
}
