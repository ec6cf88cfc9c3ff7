package io.minigpt.registry;

import io.minigpt.registry.RegisteredVersion.VersionReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which versions of a model; what is empty does not matter.
 *
 * @param stage only those that this made
 * @param alias only the one that has this alias
 * @param dataset only those trained on this dataset
 * @param datasetVersion only those trained on this version of it
 * @param since only those registered then or later
 * @param until only those registered before
 * @param ancestor only those that descend from this version
 * @param tag only those with this tag
 * @param figures only those whose figures are so
 */
public record VersionFilter(
        Optional<ModelStage> stage,
        Optional<String> alias,
        Optional<String> dataset,
        Optional<Integer> datasetVersion,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<VersionReference> ancestor,
        Optional<String> tag,
        List<FigureCondition> figures) {

    /** Every version. */
    public static final VersionFilter ALL = new VersionFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public VersionFilter {
        figures = List.copyOf(figures);
    }
}
