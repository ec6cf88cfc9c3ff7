package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.store.WorkerRuns;
import io.minigpt.platform.database.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** What can be asked of a training run: to stop, to wait, to go on. The workers do it when they hear of it. */
@Path("/api/training-runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Training runs")
@RunOnVirtualThread
public class TrainingRunControl {

    private final Database database;
    private final WorkerRuns runs;
    private final TrainingRunResource resource;

    TrainingRunControl(Database database, WorkerRuns runs, TrainingRunResource resource) {
        this.database = database;
        this.runs = runs;
        this.resource = resource;
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Ask the worker to stop a training run")
    @APIResponse(
            responseCode = "202",
            description = "The run as it stands; it is cancelled when the worker says so",
            content = @Content(schema = @Schema(implementation = TrainingRunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run has ended")
    public Response cancel(@PathParam("id") String id) {
        return change(id, runs::cancelTraining);
    }

    @POST
    @Path("/{id}/pause")
    @Operation(summary = "Ask the workers to hold a training run back: it is saved and its device becomes free")
    @APIResponse(
            responseCode = "202",
            description = "The run as it stands; it is paused when its worker has saved it",
            content = @Content(schema = @Schema(implementation = TrainingRunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run has ended or is paused")
    public Response pause(@PathParam("id") String id) {
        return change(id, runs::pauseTraining);
    }

    @POST
    @Path("/{id}/resume")
    @Operation(summary = "Ask the workers to go on with a paused training run from its newest checkpoint")
    @APIResponse(
            responseCode = "202",
            description = "The run as it stands; it is pending when the workers have queued it",
            content = @Content(schema = @Schema(implementation = TrainingRunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run is not paused")
    public Response resume(@PathParam("id") String id) {
        return change(id, runs::resumeTraining);
    }

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Go on with a failed or cancelled training run from its newest checkpoint")
    @APIResponse(
            responseCode = "202",
            description = "The run, which is pending again",
            content = @Content(schema = @Schema(implementation = TrainingRunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(
            responseCode = "409",
            description = "The run has not failed or been cancelled, or only its pipeline run can be retried")
    public Response retry(@PathParam("id") String id) {
        return change(id, runs::retryTraining);
    }

    private Response change(String id, BiConsumer<Handle, String> change) {
        database.run(transaction -> change.accept(transaction, id));
        return Response.accepted(resource.get(id)).build();
    }
}
