package io.minigpt.tokenization.http;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.tokenization.Rebuild;
import io.minigpt.tokenization.jobs.RebuildQueue;
import io.minigpt.tokenization.store.RebuildStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** Proofs that a version's files can be made again from its records. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RebuildResource {

    private final Database database;
    private final Versions versions;
    private final RebuildQueue queue;
    private final RebuildStore rebuilds;

    RebuildResource(Database database, Versions versions, RebuildQueue queue, RebuildStore rebuilds) {
        this.database = database;
        this.versions = versions;
        this.queue = queue;
        this.rebuilds = rebuilds;
    }

    @POST
    @Path("/{name}/versions/{version}/rebuild")
    @Operation(summary = "Check every file of a version and make it again from the frozen records")
    @APIResponse(responseCode = "202", description = "accepted; Location is the rebuild")
    public Response rebuild(@PathParam("name") String name, @PathParam("version") int version) {
        Rebuild rebuild = database.transact(transaction -> {
            versions.withFiles(transaction, name, version);
            return find(transaction, queue.submit(transaction, name, version));
        });
        return Response.accepted(rebuild)
                .location(URI.create("/api/datasets/rebuilds/" + rebuild.id()))
                .build();
    }

    @GET
    @Path("/rebuilds/{id}")
    @Operation(summary = "A rebuild: what was found of each file")
    public Rebuild rebuild(@PathParam("id") String id) {
        return database.read(transaction -> find(transaction, id));
    }

    private Rebuild find(Handle transaction, String id) {
        return rebuilds.find(transaction, id).orElseThrow(() -> new NotFoundException("rebuild", id));
    }
}
