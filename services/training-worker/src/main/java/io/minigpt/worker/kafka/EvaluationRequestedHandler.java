package io.minigpt.worker.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.worker.Work;
import io.minigpt.worker.store.RunQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Queues evaluations. */
@ApplicationScoped
class EvaluationRequestedHandler implements EventHandler<EvaluationRequested> {

    private final RunQueue queue;

    EvaluationRequestedHandler(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Class<EvaluationRequested> type() {
        return EvaluationRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<EvaluationRequested> event) {
        EvaluationRequested request = event.data();
        queue.submit(
                transaction, RunId.of(request.getRunId()), request.getPriority(), new Work.Evaluation(request), event);
    }
}
