package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.database.Database;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.Teaching;
import io.minigpt.registry.store.AliasStore;
import io.minigpt.registry.store.DataRunStore;
import io.minigpt.registry.store.LineageGraph;
import io.minigpt.registry.store.LineageStore;
import io.minigpt.registry.store.LineageStore.Dataset;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** Where a version comes from, and what came from it. */
@Path("/api/models/{model}/versions/{version}/lineage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Lineage")
@RunOnVirtualThread
public class LineageResource {

    private static final int MOST_NODES = 1000;

    private final Database database;
    private final VersionViews views;
    private final LineageStore datasets;
    private final LineageGraph graph;
    private final DataRunStore dataRuns;
    private final AliasStore aliases;

    LineageResource(
            Database database,
            VersionViews views,
            LineageStore datasets,
            LineageGraph graph,
            DataRunStore dataRuns,
            AliasStore aliases) {
        this.database = database;
        this.views = views;
        this.datasets = datasets;
        this.graph = graph;
        this.dataRuns = dataRuns;
        this.aliases = aliases;
    }

    @GET
    @Operation(summary = "Where a version comes from: the chain of versions with their datasets, teachers and cost")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public AncestryView lineage(@PathParam("model") String model, @PathParam("version") int version) {
        return database.read(transaction -> {
            VersionReference reference = new VersionReference(model, version);
            views.find(transaction, reference);
            List<AncestryView.AncestorView> chain = new ArrayList<>();
            for (RegisteredVersion ancestor : graph.ancestors(transaction, reference)) {
                Optional<Dataset> dataset = datasets.dataset(transaction, ancestor.dataset());
                List<Teaching> teaching = dataset.flatMap(Dataset::sealed)
                        .map(inputs -> dataRuns.behind(transaction, inputs))
                        .orElse(List.of());
                chain.add(AncestryView.ancestor(ancestor, dataset, teaching));
            }
            return new AncestryView(model, version, chain);
        });
    }

    @GET
    @Path("/graph")
    @Operation(summary = "Ancestors and descendants of a version as a graph of versions and dataset versions")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "limit is out of bounds")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public GraphView graph(
            @PathParam("model") String model,
            @PathParam("version") int version,
            @Parameter(description = "Descendants at most, the nearest first, 1 to 1000")
                    @QueryParam("limit")
                    @DefaultValue("100")
                    int limit) {
        if (limit < 1 || limit > MOST_NODES) {
            throw new InvalidRequestException("limit must be 1 to " + MOST_NODES + ", not " + limit);
        }
        return database.read(transaction -> {
            VersionReference reference = new VersionReference(model, version);
            views.find(transaction, reference);
            List<RegisteredVersion> found = new ArrayList<>(graph.ancestors(transaction, reference));
            List<RegisteredVersion> descendants = graph.descendants(transaction, reference, limit + 1);
            boolean cut = descendants.size() > limit;
            found.addAll(cut ? descendants.subList(0, limit) : descendants);
            return GraphView.of(found, aliasesOf(transaction, found), cut);
        });
    }

    private Map<VersionReference, List<String>> aliasesOf(Handle transaction, List<RegisteredVersion> versions) {
        Map<VersionReference, List<String>> named = new HashMap<>();
        versions.stream()
                .collect(Collectors.groupingBy(
                        RegisteredVersion::model, Collectors.mapping(RegisteredVersion::version, Collectors.toList())))
                .forEach((model, numbers) -> aliases.of(transaction, model, numbers)
                        .forEach((number, own) -> named.put(new VersionReference(model, number), own)));
        return named;
    }
}
