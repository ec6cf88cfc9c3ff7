package io.minigpt.registry.http;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.JobState;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.registry.ExportFormat;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.http.VersionView.FileView;
import io.minigpt.registry.store.ExportStore;
import io.minigpt.registry.store.ExportStore.Export;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Versions in other programs' formats: made once when they are first asked for, and kept. */
@Path("/api/models/{model}/versions/{version}/exports/{format}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RunOnVirtualThread
public class ExportResource {

    private final Database database;
    private final VersionViews views;
    private final ExportStore exports;
    private final ArtifactStore artifacts;

    ExportResource(Database database, VersionViews views, ExportStore exports, ArtifactStore artifacts) {
        this.database = database;
        this.views = views;
        this.exports = exports;
        this.artifacts = artifacts;
    }

    /** A version in a format. */
    @Schema(name = "Export")
    record ExportView(
            @Schema(description = "The format") String format,

            @Schema(
                    description = "Where it stands",
                    enumeration = {"queued", "running", "succeeded", "failed"})
            String state,

            @Schema(description = "Why it failed", nullable = true)
            String reason,

            @Schema(description = "Its files, once it has succeeded")
            List<FileView> files) {

        static ExportView of(Export export) {
            String state =
                    switch (export.state()) {
                        case JobState.WaitingForInputs(List<JobState.Input> inputs) -> "queued";
                        case JobState.Queued() -> "queued";
                        case JobState.Leased(String owner, long lease) -> "running";
                        case JobState.Succeeded() -> "succeeded";
                        case JobState.Failed(String reason) -> "failed";
                        case JobState.Cancelled(String reason) -> "failed";
                    };
            String reason =
                    switch (export.state()) {
                        case JobState.Failed(String why) -> why;
                        case JobState.Cancelled(String why) -> why;
                        default -> null;
                    };
            return new ExportView(
                    export.format().label(),
                    state,
                    reason,
                    export.files().stream().map(FileView::of).toList());
        }
    }

    @POST
    @Operation(summary = "Ask for a version in another program's format; asking again makes nothing twice")
    @APIResponse(
            responseCode = "202",
            description = "Where it stands",
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    @APIResponse(responseCode = "400", description = "There is no such format; detail lists them")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Response request(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("format") String format) {
        ExportFormat wanted = ExportFormat.labelled(format);
        Export export = database.transact(transaction -> {
            VersionReference reference = views.find(transaction, new VersionReference(model, version))
                    .reference();
            return exports.request(transaction, reference, wanted);
        });
        return Response.accepted(ExportView.of(export)).build();
    }

    @GET
    @Operation(summary = "Where a version in another program's format stands, and its files")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "There is no such format; detail lists them")
    @APIResponse(responseCode = "404", description = "There is no such version, or nobody asked for the format")
    public ExportView get(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("format") String format) {
        return ExportView.of(find(model, version, format));
    }

    @GET
    @Path("/files/{file}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A file of a version in another program's format; its ETag is its sha256")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "400", description = "There is no such format; detail lists them")
    @APIResponse(responseCode = "404", description = "There is no such version or file, or it is not made yet")
    public Response file(
            @PathParam("model") String model,
            @PathParam("version") int version,
            @PathParam("format") String format,
            @PathParam("file") String file)
            throws IOException {
        Artifact artifact = find(model, version, format).files().stream()
                .filter(candidate -> candidate.getName().equals(file))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(format + " file", file));
        return Downloads.of(artifacts, artifact);
    }

    private Export find(String model, int version, String format) {
        ExportFormat wanted = ExportFormat.labelled(format);
        return database.read(transaction -> {
            VersionReference reference = views.find(transaction, new VersionReference(model, version))
                    .reference();
            return exports.find(transaction, reference, wanted)
                    .orElseThrow(() -> new NotFoundException("export of " + reference + " as", format));
        });
    }
}
