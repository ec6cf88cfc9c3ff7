package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.TrainingFigures;
import io.minigpt.orchestrator.TrainingRequest;
import io.minigpt.orchestrator.TrainingRun;
import io.minigpt.orchestrator.store.MeasurementStore;
import io.minigpt.orchestrator.store.TrainingRunStore;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** Training runs, those of pipelines and those asked for by hand. */
@Path("/api/training-runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Training runs")
@RunOnVirtualThread
public class TrainingRunResource {

    private final Database database;
    private final WorkerRuns runs;
    private final TrainingRunStore store;
    private final MeasurementStore measurements;
    private final EvaluationResource evaluations;
    private final LiveStream live;

    TrainingRunResource(
            Database database,
            WorkerRuns runs,
            TrainingRunStore store,
            MeasurementStore measurements,
            EvaluationResource evaluations,
            LiveStream live) {
        this.database = database;
        this.runs = runs;
        this.store = store;
        this.measurements = measurements;
        this.evaluations = evaluations;
        this.live = live;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a training run or an evaluation",
            description = "Everything is checked before anything is queued")
    @APIResponse(
            responseCode = "202",
            description = "The run, for kind evaluate an evaluation; Location is its address",
            content = @Content(schema = @Schema(oneOf = {TrainingRunView.class, EvaluationView.class})))
    @APIResponse(responseCode = "400", description = "A property is missing, unknown or wrong; detail names it")
    public Response start(TrainingRequest request) {
        TrainingRequest asked = Bodies.present(request);
        if (asked.isEvaluation()) {
            return evaluations.start(asked.evaluation());
        }
        TrainingRunView view = database.transact(transaction -> view(transaction, runs.train(transaction, asked)));
        return Response.accepted(view)
                .location(URI.create("/api/training-runs/" + view.id()))
                .build();
    }

    @GET
    @Operation(summary = "Training runs, newest first")
    public Page<TrainingRunView> list(@BeanParam PageRequest page) {
        int rows = page.limit();
        return database.read(transaction -> {
            List<TrainingRun> found = store.newest(transaction, page.cursor(), rows + 1);
            Map<String, TrainingFigures> measured = measurements.newest(
                    transaction, found.stream().map(TrainingRun::id).toList());
            return Page.of(
                    found.stream()
                            .map(run -> TrainingRunView.of(run, measured.get(run.id())))
                            .toList(),
                    rows,
                    TrainingRunView::id);
        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A training run")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public TrainingRunView get(@PathParam("id") String id) {
        return database.read(transaction -> view(transaction, id));
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "A training run, live",
            description = "Server-sent events named training with the run on each change, until it ends")
    @APIResponse(
            responseCode = "200",
            description = "The events; the data of each is a TrainingRun",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public void events(@PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        live.send(sink, sse, "training", () -> get(id), run -> run.finishedAt() != null);
    }

    private TrainingRunView view(Handle transaction, String id) {
        TrainingRun run = store.find(transaction, id).orElseThrow(() -> new NotFoundException("training run", id));
        return TrainingRunView.of(
                run, measurements.newest(transaction, List.of(id)).get(id));
    }
}
