package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.Admission;
import io.minigpt.orchestrator.PipelineRequest;
import io.minigpt.orchestrator.PipelineRun;
import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.PipelineTransition;
import io.minigpt.orchestrator.RunIds;
import io.minigpt.orchestrator.TrainingFigures;
import io.minigpt.orchestrator.store.MeasurementStore;
import io.minigpt.orchestrator.store.PipelineStore;
import io.minigpt.orchestrator.store.Pipelines;
import io.minigpt.orchestrator.store.VersionStore;
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

/** The main job: from a corpus to a served model. */
@Path("/api/pipelines")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pipelines", description = "From a corpus to a served model")
@RunOnVirtualThread
public class PipelineResource {

    private final Database database;
    private final Admission admission;
    private final Pipelines pipelines;
    private final PipelineStore store;
    private final MeasurementStore measurements;
    private final VersionStore versions;
    private final LiveStream live;

    PipelineResource(
            Database database,
            Admission admission,
            Pipelines pipelines,
            PipelineStore store,
            MeasurementStore measurements,
            VersionStore versions,
            LiveStream live) {
        this.database = database;
        this.admission = admission;
        this.pipelines = pipelines;
        this.store = store;
        this.measurements = measurements;
        this.versions = versions;
        this.live = live;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Start a pipeline run")
    @APIResponse(
            responseCode = "202",
            description = "The run; Location is its address",
            content = @Content(schema = @Schema(implementation = PipelineView.class)))
    @APIResponse(responseCode = "400", description = "A property is missing, unknown or wrong; detail names it")
    public Response start(PipelineRequest request) {
        PipelineRequest asked = Bodies.present(request);
        PipelineView view = database.transact(transaction -> {
            PipelineSpec spec = admission.pipeline(asked, versions.corpora(transaction));
            String id = RunIds.next();
            pipelines.start(transaction, id, spec, "");
            return view(transaction, id);
        });
        return Response.accepted(view)
                .location(URI.create("/api/pipelines/" + view.id()))
                .build();
    }

    @GET
    @Operation(summary = "Pipeline runs, newest first")
    public Page<PipelineView> list(@BeanParam PageRequest page) {
        int rows = page.limit();
        return database.read(transaction -> {
            List<PipelineRun> runs = store.newest(transaction, page.cursor(), rows + 1);
            Map<String, TrainingFigures> measured = measurements.newest(
                    transaction, runs.stream().flatMap(PipelineView::trainings).toList());
            return Page.of(
                    runs.stream().map(run -> PipelineView.of(run, measured)).toList(), rows, PipelineView::id);
        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A pipeline run")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public PipelineView get(@PathParam("id") String id) {
        return database.read(transaction -> view(transaction, id));
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "A pipeline run, live",
            description = "Server-sent events named pipeline with the run on each change, until it ends")
    @APIResponse(
            responseCode = "200",
            description = "The events; the data of each is a PipelineRun",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public void events(@PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        live.send(sink, sse, "pipeline", () -> get(id), run -> !run.state().equals("running"));
    }

    @GET
    @Path("/{id}/history")
    @Operation(summary = "What happened to a pipeline run and its steps, the oldest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Page<PipelineTransition> history(@PathParam("id") String id) {
        return database.read(transaction -> {
            PipelineRun run = store.find(transaction, id).orElseThrow(() -> new NotFoundException("pipeline run", id));
            return Page.all(store.history(transaction, run.id()));
        });
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Stop a pipeline run and its steps")
    @APIResponse(responseCode = "200", description = "The run, which is cancelled")
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run has ended")
    public PipelineView cancel(@PathParam("id") String id) {
        return database.transact(transaction -> {
            pipelines.cancel(transaction, id, "asked for by hand", "");
            return view(transaction, id);
        });
    }

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Go on with a failed pipeline run from its failed steps")
    @APIResponse(responseCode = "200", description = "The run, which goes on")
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run has not failed")
    public PipelineView retry(@PathParam("id") String id) {
        return database.transact(transaction -> {
            pipelines.retry(transaction, id);
            return view(transaction, id);
        });
    }

    private PipelineView view(Handle transaction, String id) {
        PipelineRun run = store.find(transaction, id).orElseThrow(() -> new NotFoundException("pipeline run", id));
        return PipelineView.of(
                run,
                measurements.newest(transaction, PipelineView.trainings(run).toList()));
    }
}
