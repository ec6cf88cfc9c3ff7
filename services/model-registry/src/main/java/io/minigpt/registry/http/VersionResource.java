package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.VersionQuery;
import io.minigpt.registry.store.Aliases;
import io.minigpt.registry.store.VersionSearch;
import io.minigpt.registry.store.VersionSearch.Ranked;
import io.minigpt.registry.store.VersionStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The versions of a model. */
@Path("/api/models/{model}/versions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Versions")
@RunOnVirtualThread
public class VersionResource {

    private final Database database;
    private final VersionStore versions;
    private final VersionSearch search;
    private final VersionViews views;
    private final Aliases changes;
    private final ArtifactStore artifacts;

    VersionResource(
            Database database,
            VersionStore versions,
            VersionSearch search,
            VersionViews views,
            Aliases changes,
            ArtifactStore artifacts) {
        this.database = database;
        this.versions = versions;
        this.search = search;
        this.views = views;
        this.changes = changes;
        this.artifacts = artifacts;
    }

    /** What people say of a version. */
    @Schema(name = "VersionDescription")
    record Description(
            @Schema(description = "Its tags from now on, at most 50; left out: those it has", nullable = true)
            List<String> tags,

            @Schema(description = "Its note from now on; left out: the one it has", nullable = true)
            String note) {}

    @GET
    @Operation(summary = "Versions of a model, newest first or best first by a figure")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "A parameter is wrong; detail names it")
    public Page<VersionView> list(
            @PathParam("model") String model,
            @BeanParam VersionParameters parameters,
            @Parameter(description = "registeredAt, or the name of a figure such as rougeL.unseen") @QueryParam("sort")
                    String sort,
            @Parameter(description = "Whether the oldest or the worst come first")
                    @QueryParam("reverse")
                    @DefaultValue("false")
                    boolean reverse,
            @BeanParam PageRequest page) {
        VersionQuery query = VersionQuery.of(parameters.filter(), sort, reverse, page.cursor(), page.limit());
        return database.read(transaction -> {
            Page<Ranked> ranked = Page.of(
                    search.list(transaction, model, query),
                    query.limit(),
                    found -> found.position().toString());
            List<RegisteredVersion> found =
                    ranked.items().stream().map(Ranked::version).toList();
            return new Page<>(views.of(transaction, found), ranked.next());
        });
    }

    @GET
    @Path("/{version}")
    @Operation(summary = "A version")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public VersionView get(@PathParam("model") String model, @PathParam("version") int version) {
        return database.read(
                transaction -> views.of(transaction, views.find(transaction, new VersionReference(model, version))));
    }

    @PATCH
    @Path("/{version}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give a version tags or a note")
    @APIResponse(responseCode = "200", description = "The version as it is now")
    @APIResponse(responseCode = "400", description = "A tag or the note is wrong; detail names it")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public VersionView describe(
            @PathParam("model") String model, @PathParam("version") int version, Description description) {
        if (description == null) {
            throw new InvalidRequestException("tags or note is missing");
        }
        VersionReference reference = new VersionReference(model, version);
        Optional<List<String>> tags = Optional.ofNullable(description.tags()).map(Names::tags);
        Optional<String> note = Optional.ofNullable(description.note()).map(Names::note);
        return database.transact(transaction -> {
            RegisteredVersion before = views.find(transaction, reference);
            versions.describe(transaction, reference, tags.orElse(before.tags()), note.orElse(before.note()));
            return views.of(transaction, views.find(transaction, reference));
        });
    }

    @GET
    @Path("/{version}/files/{file}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A file of a version; its ETag is its sha256")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "404", description = "There is no such version or file")
    public Response file(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("file") String file)
            throws IOException {
        VersionReference reference = new VersionReference(model, version);
        RegisteredVersion found = database.read(transaction -> views.find(transaction, reference));
        Artifact artifact = found.files().stream()
                .filter(candidate -> candidate.getName().equals(file))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("file of " + reference, file));
        return Downloads.of(artifacts, artifact);
    }

    @DELETE
    @Path("/{version}")
    @Operation(summary = "Delete a version and its files")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "There is no such version")
    @APIResponse(responseCode = "409", description = "An alias or another version needs it; detail names them")
    public void delete(@PathParam("model") String model, @PathParam("version") int version) throws IOException {
        List<Artifact> files =
                database.transact(transaction -> changes.delete(transaction, new VersionReference(model, version)));
        for (Artifact file : files) {
            artifacts.delete(file.getKey());
        }
    }
}
