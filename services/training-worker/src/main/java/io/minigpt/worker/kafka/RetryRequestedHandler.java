package io.minigpt.worker.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.TrainingRetryRequested;
import io.minigpt.worker.store.RunQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Tries training runs again. */
@ApplicationScoped
class RetryRequestedHandler implements EventHandler<TrainingRetryRequested> {

    private final RunQueue queue;

    RetryRequestedHandler(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Class<TrainingRetryRequested> type() {
        return TrainingRetryRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingRetryRequested> event) {
        TrainingRetryRequested request = event.data();
        RunId.of(request.getRequest().getRunId());
        String reason = request.getReason().isBlank() ? "asked for by an event" : request.getReason();
        queue.retry(transaction, request.getRequest(), reason, event);
    }
}
