package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.KnownWorker;
import io.minigpt.orchestrator.store.WaitingRuns;
import io.minigpt.orchestrator.store.WorkerStore;
import io.minigpt.platform.database.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which runs wait for a worker, why, and when each should start. */
@Path("/api/training-runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Training runs")
@RunOnVirtualThread
public class QueueResource {

    private final Database database;
    private final WaitingRuns waiting;
    private final WorkerStore workers;

    QueueResource(Database database, WaitingRuns waiting, WorkerStore workers) {
        this.database = database;
        this.waiting = waiting;
        this.workers = workers;
    }

    @GET
    @Path("/queue")
    @Operation(
            summary = "The queue of the workers",
            description = "For each waiting training run and evaluation why it waits and when it should start, by what"
                    + " the workers say of themselves and how long runs of the same model took. Paused runs wait for"
                    + " nobody and are not in it.")
    public QueueView queue() {
        return database.read(transaction -> {
            List<KnownWorker> known = workers.all(transaction);
            return QueueView.of(waiting.places(transaction, known), known);
        });
    }
}
