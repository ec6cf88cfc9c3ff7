package io.minigpt.worker.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Stops training runs and evaluations. */
@ApplicationScoped
class CancellationRequestedHandler implements EventHandler<TrainingCancellationRequested> {

    private final JobQueue jobs;

    CancellationRequestedHandler(JobQueue jobs) {
        this.jobs = jobs;
    }

    @Override
    public Class<TrainingCancellationRequested> type() {
        return TrainingCancellationRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingCancellationRequested> event) {
        TrainingCancellationRequested request = event.data();
        String reason = request.getReason().isBlank() ? "cancelled" : request.getReason();
        jobs.cancel(transaction, RunId.of(request.getRunId()), reason);
    }
}
