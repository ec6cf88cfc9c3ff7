package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.CheckpointSamples;
import io.minigpt.orchestrator.Measurement;
import io.minigpt.orchestrator.RunTransition;
import io.minigpt.orchestrator.store.MeasurementStore;
import io.minigpt.orchestrator.store.RunHistory;
import io.minigpt.orchestrator.store.SampleStore;
import io.minigpt.orchestrator.store.TrainingRunStore;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** What is kept of a training run: its history, its curve and what its checkpoints said. */
@Path("/api/training-runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Training runs")
@RunOnVirtualThread
public class TrainingRecordResource {

    private static final int MOST_POINTS = 10_000;

    private final Database database;
    private final TrainingRunStore store;
    private final MeasurementStore measurements;
    private final SampleStore samples;
    private final RunHistory history;

    TrainingRecordResource(
            Database database,
            TrainingRunStore store,
            MeasurementStore measurements,
            SampleStore samples,
            RunHistory history) {
        this.database = database;
        this.store = store;
        this.measurements = measurements;
        this.samples = samples;
        this.history = history;
    }

    @GET
    @Path("/{id}/history")
    @Operation(summary = "What happened to a training run: its changes of state and of its worker, the oldest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Page<RunTransition> history(@PathParam("id") String id) {
        return all(id, history::of);
    }

    @GET
    @Path("/{id}/metrics")
    @Operation(
            summary = "The curve of a training run",
            description = "Measured steps at even distances, and every one with an evaluation")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "points is not between 1 and 10000")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Page<Measurement> metrics(
            @PathParam("id") String id,
            @Parameter(description = "About so many steps, 1 to 10000") @QueryParam("points") @DefaultValue("2000")
                    int points) {
        if (points < 1 || points > MOST_POINTS) {
            throw new InvalidRequestException("points " + points + " must be between 1 and " + MOST_POINTS);
        }
        return all(id, (transaction, run) -> measurements.curve(transaction, run, points));
    }

    @GET
    @Path("/{id}/samples")
    @Operation(
            summary = "What each checkpoint of a training run said",
            description = "To the same prompts throughout, the first items of the dataset version's evaluation sets")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Page<CheckpointSamples> samples(@PathParam("id") String id) {
        return all(id, samples::of);
    }

    private <T> Page<T> all(String id, BiFunction<Handle, String, List<T>> read) {
        return database.read(transaction -> {
            if (store.find(transaction, id).isEmpty()) {
                throw new NotFoundException("training run", id);
            }
            return Page.all(read.apply(transaction, id));
        });
    }
}
