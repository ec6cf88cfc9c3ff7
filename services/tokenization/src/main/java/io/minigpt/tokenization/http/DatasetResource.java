package io.minigpt.tokenization.http;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.tokenization.DatasetSummary;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.SealedVersion;
import io.minigpt.tokenization.jobs.FreezeQueue;
import io.minigpt.tokenization.jobs.Withdrawals;
import io.minigpt.tokenization.store.FreezeStore;
import io.minigpt.tokenization.store.VersionStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** Datasets, their versions and files, and the freezes that make them. */
@Path("/api/datasets")
@Tag(name = "Datasets", description = "Immutable versions of tokenized text")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DatasetResource {

    private final Database database;
    private final VersionStore versions;
    private final Versions named;
    private final Withdrawals withdrawals;
    private final FreezeStore freezes;
    private final FreezeQueue queue;
    private final JobQueue jobs;
    private final ArtifactStore artifacts;

    DatasetResource(
            Database database,
            VersionStore versions,
            Versions named,
            Withdrawals withdrawals,
            FreezeStore freezes,
            FreezeQueue queue,
            JobQueue jobs,
            ArtifactStore artifacts) {
        this.database = database;
        this.versions = versions;
        this.named = named;
        this.withdrawals = withdrawals;
        this.freezes = freezes;
        this.queue = queue;
        this.jobs = jobs;
        this.artifacts = artifacts;
    }

    @GET
    @Operation(summary = "All datasets")
    public Page<DatasetSummary> datasets() {
        return Page.all(database.read(versions::datasets));
    }

    @GET
    @Path("/{name}/versions")
    @Operation(summary = "Versions of a dataset, newest first")
    public Page<VersionView> versions(@PathParam("name") String name) {
        List<SealedVersion> found = database.read(transaction -> versions.versions(transaction, name));
        if (found.isEmpty()) {
            throw new NotFoundException("dataset", name);
        }
        return Page.all(found.stream().map(VersionView::of).toList());
    }

    @GET
    @Path("/{name}/versions/{version}")
    @Operation(summary = "One version with its files, counts, inputs and identity")
    public VersionView version(@PathParam("name") String name, @PathParam("version") int version) {
        return VersionView.of(database.read(transaction -> named.sealed(transaction, name, version)));
    }

    @GET
    @Path("/{name}/versions/{version}/files/{file: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A file of a version, such as train.bin or evaluation/curated.jsonl")
    @APIResponse(responseCode = "200", description = "its bytes; ETag is their sha256")
    public Response file(
            @PathParam("name") String name, @PathParam("version") int version, @PathParam("file") String file)
            throws IOException {
        DatasetVersion found = database.read(transaction -> named.withFiles(transaction, name, version));
        Artifact artifact = found.getFilesList().stream()
                .filter(candidate -> candidate.getName().equals(file))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("file", file));
        return Response.ok(artifacts.open(artifact))
                .header(HttpHeaders.CONTENT_LENGTH, artifact.getBytes())
                .header(HttpHeaders.ETAG, "\"" + artifact.getSha256() + "\"")
                .build();
    }

    @POST
    @Path("/{name}/versions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Freeze the next version")
    @APIResponse(responseCode = "202", description = "accepted; Location is the freeze")
    public Response freeze(@PathParam("name") String name, FreezeBody body) {
        if (body == null) {
            throw new InvalidRequestException("the request has no body; it needs at least kind and corpus");
        }
        Freeze freeze = body.freeze(name);
        FreezeView view = database.transact(transaction -> {
            versions.purpose(transaction, name)
                    .filter(purpose -> purpose != freeze.purpose())
                    .ifPresent(purpose -> {
                        throw new ConflictException("dataset '" + name + "' is for " + purpose.text());
                    });
            queue.submit(transaction, freeze, "", "");
            return view(transaction, freeze.runId());
        });
        return Response.accepted(view)
                .location(URI.create("/api/datasets/runs/" + freeze.runId()))
                .build();
    }

    @DELETE
    @Path("/{name}/versions/{version}")
    @Operation(
            summary = "Delete the files of a version",
            description =
                    "Its number, counts and records stay known. Refused while a registered model was trained on it.")
    @APIResponse(responseCode = "200", description = "the version, withdrawn")
    @APIResponse(responseCode = "409", description = "models were trained on it; the detail names them")
    public VersionView delete(
            @PathParam("name") String name,
            @PathParam("version") int version,
            @QueryParam("reason") @DefaultValue("deleted by request") String reason) {
        return VersionView.of(database.transact(transaction -> withdrawals.delete(transaction, name, version, reason)));
    }

    @GET
    @Path("/runs/{id}")
    @Operation(summary = "A freeze: waiting for what, how far, how it ended")
    public FreezeView run(@PathParam("id") String id) {
        return database.read(transaction -> view(transaction, id));
    }

    private FreezeView view(Handle transaction, String runId) {
        return freezes.find(transaction, runId)
                .map(freeze -> FreezeView.of(freeze, jobs.state(transaction, runId)))
                .orElseThrow(() -> new NotFoundException("freeze", runId));
    }
}
