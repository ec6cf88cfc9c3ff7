package io.minigpt.teacher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which reworded questions of a reply are good. Every check has its own {@link VariantReject}; a variant is
 * refused for the first one that it fails.
 *
 * @param minDistance smallest edit distance from the original, in code points, at least 1
 * @param maxDistance largest edit distance
 */
public record VariantCheck(int minDistance, int maxDistance) {

    public VariantCheck {
        if (minDistance < 1 || maxDistance < minDistance) {
            throw new IllegalArgumentException(
                    "edit distance must be 1 <= min <= max, but is " + minDistance + ".." + maxDistance);
        }
    }

    /** One to four code points away from the original. */
    public static VariantCheck standard() {
        return new VariantCheck(1, 4);
    }

    /**
     * Sorts a reply into cleaned variants and refused ones.
     *
     * @param original the question that was to be reworded
     * @param known variants that are already accepted
     * @param wanted more good variants than this are refused as {@link VariantReject#SURPLUS}
     */
    public VariantSelection select(List<String> candidates, String original, Collection<String> known, int wanted) {
        List<String> accepted = new ArrayList<>();
        List<RejectedVariant> rejected = new ArrayList<>();
        Set<String> seen = new HashSet<>(known);
        for (String candidate : candidates) {
            String variant = CleanUp.question(candidate);
            Optional<RejectedVariant> refused = check(variant, original);
            if (refused.isEmpty() && seen.contains(variant)) {
                refused = refuse(VariantReject.DUPLICATE, "equal to another variant", candidate);
            }
            if (refused.isEmpty() && accepted.size() == wanted) {
                refused = refuse(VariantReject.SURPLUS, wanted + " were asked for", candidate);
            }
            if (refused.isPresent()) {
                rejected.add(refused.get());
            } else {
                seen.add(variant);
                accepted.add(variant);
            }
        }
        return new VariantSelection(accepted, rejected);
    }

    /** Checks one cleaned variant alone; empty when it is good. */
    public Optional<RejectedVariant> check(String variant, String original) {
        if (variant.isBlank()) {
            return refuse(VariantReject.EMPTY, "nothing in it", variant);
        }
        if (!QuestionMarks.onlyAtTheEnd(variant)) {
            return refuse(VariantReject.QUESTION_MARK, "not exactly one full-width question mark at the end", variant);
        }
        if (variant.equals(original)) {
            return refuse(VariantReject.UNCHANGED, "equal to the original", variant);
        }
        int distance = EditDistance.upTo(maxDistance, variant, original);
        if (distance < minDistance) {
            return refuse(VariantReject.UNCHANGED, "edit distance " + distance, variant);
        }
        if (distance > maxDistance) {
            return refuse(VariantReject.TOO_FAR, "edit distance above " + maxDistance, variant);
        }
        if (!Tokens.sameNumbers(variant, original)) {
            return refuse(VariantReject.NUMBER_LOST, "its numbers differ from the original's", variant);
        }
        if (!Tokens.sameNames(variant, original)) {
            return refuse(VariantReject.NAME_LOST, "its names differ from the original's", variant);
        }
        return Optional.empty();
    }

    private static Optional<RejectedVariant> refuse(VariantReject reason, String detail, String variant) {
        return Optional.of(new RejectedVariant(reason, detail, variant));
    }
}
