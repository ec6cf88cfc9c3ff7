package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.EvaluationRequest;
import io.minigpt.orchestrator.EvaluationRun;
import io.minigpt.orchestrator.RunTransition;
import io.minigpt.orchestrator.store.EvaluationRunStore;
import io.minigpt.orchestrator.store.RunHistory;
import io.minigpt.orchestrator.store.WorkerRuns;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** Evaluations, those of pipelines and those asked for by hand. */
@Path("/api/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evaluations")
@RunOnVirtualThread
public class EvaluationResource {

    private final Database database;
    private final WorkerRuns runs;
    private final EvaluationRunStore store;
    private final RunHistory history;

    EvaluationResource(Database database, WorkerRuns runs, EvaluationRunStore store, RunHistory history) {
        this.database = database;
        this.runs = runs;
        this.store = store;
        this.history = history;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Ask for an evaluation")
    @APIResponse(
            responseCode = "202",
            description = "The evaluation; Location is its address",
            content = @Content(schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "400", description = "A property is missing, unknown or wrong; detail names it")
    public Response start(EvaluationRequest request) {
        EvaluationRequest asked = Bodies.present(request);
        EvaluationView view = database.transact(transaction -> view(transaction, runs.evaluate(transaction, asked)));
        return Response.accepted(view)
                .location(URI.create("/api/evaluations/" + view.id()))
                .build();
    }

    @GET
    @Operation(summary = "Evaluations, newest first")
    public Page<EvaluationView> list(@BeanParam PageRequest page) {
        int rows = page.limit();
        List<EvaluationRun> found = database.read(transaction -> store.newest(transaction, page.cursor(), rows + 1));
        return Page.of(found.stream().map(EvaluationView::of).toList(), rows, EvaluationView::id);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An evaluation")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such evaluation")
    public EvaluationView get(@PathParam("id") String id) {
        return database.read(transaction -> view(transaction, id));
    }

    @GET
    @Path("/{id}/history")
    @Operation(summary = "What happened to an evaluation: its changes of state and of its worker, the oldest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such evaluation")
    public Page<RunTransition> history(@PathParam("id") String id) {
        return database.read(transaction -> {
            if (store.find(transaction, id).isEmpty()) {
                throw new NotFoundException("evaluation", id);
            }
            return Page.all(history.of(transaction, id));
        });
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Ask the worker to stop an evaluation")
    @APIResponse(
            responseCode = "202",
            description = "The evaluation as it stands; it is cancelled when the worker says so",
            content = @Content(schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "404", description = "There is no such evaluation")
    @APIResponse(responseCode = "409", description = "The evaluation has ended")
    public Response cancel(@PathParam("id") String id) {
        EvaluationView view = database.transact(transaction -> {
            runs.cancelEvaluation(transaction, id);
            return view(transaction, id);
        });
        return Response.accepted(view).build();
    }

    private EvaluationView view(Handle transaction, String id) {
        return EvaluationView.of(
                store.find(transaction, id).orElseThrow(() -> new NotFoundException("evaluation", id)));
    }
}
