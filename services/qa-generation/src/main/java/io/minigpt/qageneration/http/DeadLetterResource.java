package io.minigpt.qageneration.http;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.qageneration.store.DeadLetterQueries;
import io.minigpt.qageneration.store.DeadLetterReplay;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows passages that were given up, and asks about them again. */
@Path("/api/generation/dead-letters")
@Tag(name = "Dead letters")
@RunOnVirtualThread
public class DeadLetterResource {

    private final Database database;
    private final DeadLetterQueries deadLetters;
    private final DeadLetterReplay replay;
    private final GenerationRunResource runs;

    public DeadLetterResource(
            Database database, DeadLetterQueries deadLetters, DeadLetterReplay replay, GenerationRunResource runs) {
        this.database = database;
        this.deadLetters = deadLetters;
        this.replay = replay;
        this.runs = runs;
    }

    @GET
    @Operation(summary = "Passages that were given up, newest first, with every raw reply about them")
    public Page<DeadLetterQueries.Row> list(
            @QueryParam("runId") @DefaultValue("") String runId, @BeanParam PageRequest page) {
        int limit = page.limit();
        return Page.of(
                deadLetters.list(runId, page.before(), limit + 1),
                limit,
                row -> row.createdAt().toString());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A passage that was given up, with every raw reply about it")
    public DeadLetterQueries.Row get(@PathParam("id") String id) {
        return database.read(handle -> deadLetters.find(handle, id))
                .orElseThrow(() -> new NotFoundException("dead letter", id));
    }

    @POST
    @Path("/{id}/replay")
    @Operation(
            summary = "Ask again about a passage that was given up",
            description = "Starts a run over its document: the replies that there are count, and as many more are asked"
                    + " for as are configured.")
    @APIResponse(responseCode = "202", description = "The run, at its address")
    public Response replay(
            @PathParam("id") String id,
            @Parameter(description = "Name of the teacher; the one that was asked if not given")
                    @QueryParam("teacher")
                    @DefaultValue("")
                    String teacher) {
        String runId = replay.replay(id, teacher);
        return Response.accepted(runs.get(runId))
                .location(URI.create("/api/generation/runs/" + runId))
                .build();
    }
}
