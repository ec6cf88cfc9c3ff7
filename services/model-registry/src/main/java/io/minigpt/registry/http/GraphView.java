package io.minigpt.registry.http;

import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Versions with what they come from, as a graph. */
@Schema(name = "LineageGraph")
record GraphView(
        @Schema(description = "Versions and the dataset versions that they were trained on")
        List<NodeView> nodes,

        @Schema(description = "What was made from what") List<EdgeView> edges,

        @Schema(description = "Whether there are more descendants than the limit")
        boolean cut) {

    private static final String DATASET = "dataset";

    /** A version or a dataset version. */
    @Schema(name = "LineageNode")
    record NodeView(
            @Schema(description = "kind and name, as edges name it")
            String id,

            @Schema(
                    description = "What it is",
                    enumeration = {"model", "dataset"})
            String kind,

            @Schema(description = "Name of the model or dataset")
            String name,

            @Schema(description = "Its version") int version,

            @Schema(description = "What made a model version: pretrain or sft", nullable = true)
            String stage,

            @Schema(description = "Aliases of a model version")
            List<String> aliases) {}

    /** One thing made from another. */
    @Schema(name = "LineageEdge")
    record EdgeView(
            @Schema(description = "id of what was used") String from,

            @Schema(description = "id of what was made from it")
            String to,

            @Schema(
                    description = "As what it was used",
                    enumeration = {"base", "dataset"})
            String kind) {}

    static GraphView of(List<RegisteredVersion> versions, Map<VersionReference, List<String>> aliases, boolean cut) {
        Set<NodeView> nodes = new LinkedHashSet<>();
        List<EdgeView> edges = new ArrayList<>();
        for (RegisteredVersion version : versions) {
            String id = id(version.reference());
            nodes.add(new NodeView(
                    id,
                    "model",
                    version.model(),
                    version.version(),
                    version.stage().label(),
                    aliases.getOrDefault(version.reference(), List.of())));
            String dataset = DATASET + "/" + version.dataset().name() + ":"
                    + version.dataset().version();
            nodes.add(new NodeView(
                    dataset,
                    DATASET,
                    version.dataset().name(),
                    version.dataset().version(),
                    null,
                    List.of()));
            edges.add(new EdgeView(dataset, id, DATASET));
            version.base().ifPresent(base -> edges.add(new EdgeView(id(base), id, "base")));
        }
        return new GraphView(List.copyOf(nodes), edges, cut);
    }

    private static String id(VersionReference version) {
        return "model/" + version;
    }
}
