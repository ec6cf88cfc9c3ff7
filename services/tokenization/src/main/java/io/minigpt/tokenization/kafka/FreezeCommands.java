package io.minigpt.tokenization.kafka;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.dataset.v1.FreezeCancellationRequested;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.Selection;
import io.minigpt.tokenization.Separator;
import io.minigpt.tokenization.jobs.FreezeQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Requests to freeze and to stop. */
final class FreezeCommands {

    private FreezeCommands() {}

    @ApplicationScoped
    static class Requested implements EventHandler<FreezeRequested> {

        private final FreezeQueue queue;
        private final Outbox outbox;

        Requested(FreezeQueue queue, Outbox outbox) {
            this.queue = queue;
            this.outbox = outbox;
        }

        @Override
        public Class<FreezeRequested> type() {
            return FreezeRequested.class;
        }

        @Override
        public void handle(Handle transaction, Event<FreezeRequested> event) {
            FreezeRequested command = event.data();
            if (command.getRunId().isBlank()) {
                throw new RefusedEventException("the freeze has no run_id");
            }
            try {
                queue.submit(transaction, freeze(command), event.correlationId(), event.id());
            } catch (InvalidRequestException e) {
                // whoever waits for this run must learn that it will not come
                FreezeFinished failed = FreezeFinished.newBuilder()
                        .setRunId(command.getRunId())
                        .setOutcome(Outcome.OUTCOME_FAILED)
                        .setReason(e.getMessage())
                        .build();
                outbox.publish(transaction, command.getRunId(), event, failed);
            }
        }

        private static Freeze freeze(FreezeRequested command) {
            Selection selection = new Selection(
                    command.getCorpus(),
                    command.getSelection().getMaxGenerated(),
                    Math.max(1, command.getSelection().getCuratedRepeat()),
                    command.getSelection().getKindsList(),
                    command.getSelection().getPromptVersionsList(),
                    command.getSelection().getMaxVariants(),
                    Math.max(1, command.getSelection().getGeneratedRepeat()),
                    command.getSelection().getMinGrounding(),
                    Separator.of(command.getSelection().getSeparator()),
                    command.getSelection().getTemplate(),
                    command.getSelection().getEvaluationSetsList());
            return new Freeze(
                    command.getRunId(),
                    command.getName(),
                    Purpose.of(command.getKind()),
                    selection,
                    command.getInputsList(),
                    command.getRequestedBy(),
                    command.getReason());
        }
    }

    @ApplicationScoped
    static class CancellationRequested implements EventHandler<FreezeCancellationRequested> {

        private final FreezeQueue queue;

        CancellationRequested(FreezeQueue queue) {
            this.queue = queue;
        }

        @Override
        public Class<FreezeCancellationRequested> type() {
            return FreezeCancellationRequested.class;
        }

        @Override
        public void handle(Handle transaction, Event<FreezeCancellationRequested> event) {
            queue.cancel(transaction, event.data().getRunId(), event.data().getReason());
        }
    }
}
