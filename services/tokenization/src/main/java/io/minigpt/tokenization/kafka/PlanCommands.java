package io.minigpt.tokenization.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.dataset.v1.RegenerationPlanCancellationRequested;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.tokenization.jobs.PlanQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Requests to plan a regeneration and to stop. What is wrong with a plan ends it as failed. */
final class PlanCommands {

    private PlanCommands() {}

    @ApplicationScoped
    static class Requested implements EventHandler<RegenerationPlanRequested> {

        private final PlanQueue queue;

        Requested(PlanQueue queue) {
            this.queue = queue;
        }

        @Override
        public Class<RegenerationPlanRequested> type() {
            return RegenerationPlanRequested.class;
        }

        @Override
        public void handle(Handle transaction, Event<RegenerationPlanRequested> event) {
            if (event.data().getRunId().isBlank()) {
                throw new RefusedEventException("the plan has no run_id");
            }
            queue.submit(transaction, event.data(), event.correlationId(), event.id());
        }
    }

    @ApplicationScoped
    static class CancellationRequested implements EventHandler<RegenerationPlanCancellationRequested> {

        private final PlanQueue queue;

        CancellationRequested(PlanQueue queue) {
            this.queue = queue;
        }

        @Override
        public Class<RegenerationPlanCancellationRequested> type() {
            return RegenerationPlanCancellationRequested.class;
        }

        @Override
        public void handle(Handle transaction, Event<RegenerationPlanCancellationRequested> event) {
            queue.cancel(transaction, event.data().getRunId(), event.data().getReason());
        }
    }
}
