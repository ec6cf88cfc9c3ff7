package io.minigpt.augmentation;

import java.util.List;

/**
 * Which questions of its corpus a run is about, and what is wanted of each.
 *
 * @param sources which questions; none given means curated ones only
 * @param variants variants of each by each recipe; in a request 0 for the configured number
 * @param recipes how they are varied; in a request none for the configured ones
 */
public record AugmentationScope(List<ParentSource> sources, int variants, List<Recipe> recipes) {

    private static final int MAX_VARIANTS = 100;

    /** @throws IllegalArgumentException if more variants are wanted than can be */
    public AugmentationScope {
        if (variants < 0 || variants > MAX_VARIANTS) {
            throw new IllegalArgumentException(
                    "variants must be 0 (the configured number) to " + MAX_VARIANTS + ", but is " + variants);
        }
        sources = sources.isEmpty()
                ? List.of(ParentSource.CURATED)
                : sources.stream().distinct().sorted().toList();
        recipes = recipes.stream().distinct().sorted().toList();
    }
}
