package io.minigpt.registry.http;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.VersionQuery;
import io.minigpt.registry.store.AliasStore;
import io.minigpt.registry.store.Aliases;
import io.minigpt.registry.store.EvaluationStore;
import io.minigpt.registry.store.LineageStore;
import io.minigpt.registry.store.VersionStore;
import io.minigpt.registry.store.VersionStore.Ranked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** The versions of a model. */
@Path("/api/models/{model}/versions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Versions")
@RunOnVirtualThread
public class VersionResource {

    private final Database database;
    private final VersionStore versions;
    private final AliasStore aliases;
    private final EvaluationStore evaluations;
    private final LineageStore lineage;
    private final Aliases changes;
    private final ArtifactStore artifacts;

    VersionResource(
            Database database,
            VersionStore versions,
            AliasStore aliases,
            EvaluationStore evaluations,
            LineageStore lineage,
            Aliases changes,
            ArtifactStore artifacts) {
        this.database = database;
        this.versions = versions;
        this.aliases = aliases;
        this.evaluations = evaluations;
        this.lineage = lineage;
        this.changes = changes;
        this.artifacts = artifacts;
    }

    @GET
    @Operation(summary = "Versions of a model, newest first or best first by a figure")
    @APIResponse(responseCode = "400", description = "A parameter is wrong; detail names it")
    public Page<VersionView> list(
            @PathParam("model") String model,
            @Parameter(description = "pretrain or sft") @QueryParam("stage") String stage,
            @Parameter(description = "Only the version that has this alias") @QueryParam("alias") String alias,
            @Parameter(description = "Only those trained on it: name or name:version") @QueryParam("dataset")
                    String dataset,
            @Parameter(description = "registeredAt, or the name of a figure such as rougeL.curated") @QueryParam("sort")
                    String sort,
            @BeanParam PageRequest page) {
        VersionQuery query = VersionQuery.of(stage, alias, dataset, sort, page.cursor(), page.limit());
        return database.read(transaction -> {
            Page<Ranked> ranked = Page.of(
                    versions.list(transaction, model, query),
                    query.limit(),
                    version -> version.position().toString());
            List<RegisteredVersion> found =
                    ranked.items().stream().map(Ranked::version).toList();
            return new Page<>(views(transaction, model, found), ranked.next());
        });
    }

    @GET
    @Path("/{version}")
    @Operation(summary = "A version")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public VersionView get(@PathParam("model") String model, @PathParam("version") int version) {
        return database.read(transaction -> views(transaction, model, List.of(find(transaction, model, version)))
                .getFirst());
    }

    @GET
    @Path("/{version}/lineage")
    @Operation(summary = "Where a version comes from: the chain of versions with their datasets and corpora")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public AncestryView lineage(@PathParam("model") String model, @PathParam("version") int version) {
        return database.read(transaction -> {
            List<AncestryView.AncestorView> chain = new ArrayList<>();
            Optional<RegisteredVersion> next = Optional.of(find(transaction, model, version));
            while (next.isPresent()) {
                RegisteredVersion present = next.get();
                chain.add(AncestryView.ancestor(present, lineage.dataset(transaction, present.dataset())));
                next = present.base().flatMap(base -> versions.find(transaction, base));
            }
            return new AncestryView(model, version, chain);
        });
    }

    @GET
    @Path("/{version}/evaluations")
    @Operation(summary = "Evaluations of a version, newest first, with what was decided on them")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Page<EvaluationView> evaluations(@PathParam("model") String model, @PathParam("version") int version) {
        return database.read(transaction -> {
            VersionReference reference = find(transaction, model, version).reference();
            return Page.all(evaluations.of(transaction, reference).stream()
                    .map(EvaluationView::of)
                    .toList());
        });
    }

    @GET
    @Path("/{version}/files/{file}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A file of a version; its ETag is its sha256")
    @APIResponse(responseCode = "404", description = "There is no such version or file")
    public Response file(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("file") String file)
            throws IOException {
        RegisteredVersion found = database.read(transaction -> find(transaction, model, version));
        Artifact artifact = found.files().stream()
                .filter(candidate -> candidate.getName().equals(file))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("file of " + found.reference(), file));
        return Response.ok(artifacts.open(artifact))
                .header(HttpHeaders.CONTENT_LENGTH, artifact.getBytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + artifact.getName() + "\"")
                .tag(artifact.getSha256())
                .build();
    }

    @DELETE
    @Path("/{version}")
    @Operation(summary = "Delete a version and its files")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "There is no such version")
    @APIResponse(responseCode = "409", description = "An alias or another version needs it; detail names them")
    public void delete(@PathParam("model") String model, @PathParam("version") int version) throws IOException {
        RegisteredVersion deleted =
                database.transact(transaction -> changes.delete(transaction, new VersionReference(model, version)));
        for (Artifact file : deleted.files()) {
            artifacts.delete(file.getKey());
        }
    }

    private RegisteredVersion find(Handle transaction, String model, int version) {
        VersionReference reference = new VersionReference(model, version);
        return versions.find(transaction, reference)
                .orElseThrow(() -> new NotFoundException("version", reference.toString()));
    }

    private List<VersionView> views(Handle transaction, String model, List<RegisteredVersion> found) {
        List<Integer> numbers = found.stream().map(RegisteredVersion::version).toList();
        Map<Integer, List<String>> named = aliases.of(transaction, model, numbers);
        Map<Integer, Map<String, Double>> metrics = versions.metrics(transaction, model, numbers);
        return found.stream()
                .map(version -> VersionView.of(
                        version,
                        named.getOrDefault(version.version(), List.of()),
                        metrics.getOrDefault(version.version(), Map.of())))
                .toList();
    }
}
