package io.minigpt.worker.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.TrainingPauseRequested;
import io.minigpt.worker.store.RunQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Holds training runs back. */
@ApplicationScoped
class PauseRequestedHandler implements EventHandler<TrainingPauseRequested> {

    private final RunQueue queue;

    PauseRequestedHandler(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Class<TrainingPauseRequested> type() {
        return TrainingPauseRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingPauseRequested> event) {
        TrainingPauseRequested request = event.data();
        String reason = request.getReason().isBlank() ? "asked for by an event" : request.getReason();
        queue.pause(transaction, RunId.of(request.getRunId()), reason);
    }
}
