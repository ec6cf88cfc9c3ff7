package io.minigpt.worker.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.TrainingResumptionRequested;
import io.minigpt.worker.store.RunQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Lets paused training runs go on. */
@ApplicationScoped
class ResumptionRequestedHandler implements EventHandler<TrainingResumptionRequested> {

    private final RunQueue queue;

    ResumptionRequestedHandler(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Class<TrainingResumptionRequested> type() {
        return TrainingResumptionRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingResumptionRequested> event) {
        TrainingResumptionRequested request = event.data();
        String reason = request.getReason().isBlank() ? "asked for by an event" : request.getReason();
        queue.resume(transaction, RunId.of(request.getRunId()), reason);
    }
}
