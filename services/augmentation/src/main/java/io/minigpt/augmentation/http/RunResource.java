package io.minigpt.augmentation.http;

import io.minigpt.augmentation.RunRequest;
import io.minigpt.augmentation.store.Cause;
import io.minigpt.augmentation.store.ParentStore;
import io.minigpt.augmentation.store.RunQueries;
import io.minigpt.augmentation.store.Runs;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Starts, shows and stops augmentation runs. */
@Path("/api/augmentation/runs")
@Tag(name = "Augmentation runs")
@RunOnVirtualThread
public class RunResource {

    private static final Cause BY_HAND = new Cause("", "");

    private final Database database;
    private final Runs runs;
    private final RunQueries queries;
    private final ParentStore parents;

    public RunResource(Database database, Runs runs, RunQueries queries, ParentStore parents) {
        this.database = database;
        this.runs = runs;
        this.queries = queries;
        this.parents = parents;
    }

    @POST
    @Operation(
            summary = "Make variants of the questions of a corpus",
            description = "Questions whose variants are complete are not asked about again.")
    @APIResponse(responseCode = "202", description = "The run, at its address")
    public Response start(RunOrder order) {
        if (order == null) {
            throw new InvalidRequestException("the body is empty; it must name a corpus");
        }
        RunRequest request = order.request();
        database.run(transaction -> {
            if (request.inputs().isEmpty() && !parents.knows(transaction, request.corpus())) {
                throw new NotFoundException("corpus", request.corpus());
            }
            runs.request(transaction, request, BY_HAND);
        });
        return Response.accepted(RunAnswer.of(queries.get(request.runId())))
                .location(URI.create("/api/augmentation/runs/" + request.runId()))
                .build();
    }

    @GET
    @Operation(summary = "Runs, newest first")
    public Page<RunAnswer> list(@BeanParam PageRequest page) {
        int limit = page.limit();
        return Page.of(
                queries.newest(page.before(), limit + 1).stream()
                        .map(RunAnswer::of)
                        .toList(),
                limit,
                run -> run.createdAt().toString());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A run with its counts")
    public RunAnswer get(@PathParam("id") String id) {
        return RunAnswer.of(queries.get(id));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            summary = "Stop a run",
            description = "Variants already published stay. A run that has ended stays as it is.")
    public RunAnswer cancel(
            @PathParam("id") String id, @QueryParam("reason") @DefaultValue("cancelled by request") String reason) {
        database.run(transaction -> runs.cancel(transaction, id, reason));
        return RunAnswer.of(queries.get(id));
    }
}
