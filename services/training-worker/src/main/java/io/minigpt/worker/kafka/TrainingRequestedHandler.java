package io.minigpt.worker.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.worker.Work;
import io.minigpt.worker.store.RunQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Queues training runs. */
@ApplicationScoped
class TrainingRequestedHandler implements EventHandler<TrainingRequested> {

    private final RunQueue queue;

    TrainingRequestedHandler(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Class<TrainingRequested> type() {
        return TrainingRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingRequested> event) {
        TrainingRequested request = event.data();
        queue.submit(
                transaction, RunId.of(request.getRunId()), request.getPriority(), new Work.Training(request), event);
    }
}
