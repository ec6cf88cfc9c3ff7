package io.minigpt.teacher;

import java.util.List;

/**
 * A reply, sorted.
 *
 * @param accepted cleaned variants in the reply's order
 * @param rejected everything else in it, with the reason
 */
public record VariantSelection(List<String> accepted, List<RejectedVariant> rejected) {

    public VariantSelection {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
    }
}
