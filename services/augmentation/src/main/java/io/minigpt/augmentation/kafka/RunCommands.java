package io.minigpt.augmentation.kafka;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Recipe;
import io.minigpt.augmentation.store.AugmentationRuns;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.augmentation.v1.AugmentationCancellationRequested;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.teacher.run.Budget;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.RunRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Requests to run and to stop. */
final class RunCommands {

    private RunCommands() {}

    @ApplicationScoped
    static class Requested implements EventHandler<AugmentationRequested> {

        private final AugmentationRuns runs;

        Requested(AugmentationRuns runs) {
            this.runs = runs;
        }

        @Override
        public Class<AugmentationRequested> type() {
            return AugmentationRequested.class;
        }

        /** A request that makes no sense ends its run as failed, if it names one: somebody may wait for the end. */
        @Override
        public void handle(Handle transaction, Event<AugmentationRequested> event) {
            AugmentationRequested command = event.data();
            try {
                runs.request(transaction, request(command), Cause.of(event));
            } catch (IllegalArgumentException e) {
                if (!RunRequest.isId(command.getRunId())) {
                    throw new RefusedEventException(e.getMessage());
                }
                runs.refuse(transaction, command.getRunId(), command.getCorpus(), e.getMessage(), Cause.of(event));
            }
        }

        private static RunRequest<AugmentationScope> request(AugmentationRequested command) {
            return new RunRequest<>(
                    command.getRunId(),
                    command.getCorpus(),
                    command.getInputsList(),
                    new AugmentationScope(
                            command.getSourcesList().stream()
                                    .map(ParentSource::of)
                                    .toList(),
                            command.getVariants(),
                            command.getRecipesList().stream().map(Recipe::of).toList()),
                    command.getTeacher(),
                    Budget.of(
                            command.getMaxTokens() == 0 ? null : command.getMaxTokens(),
                            command.getMaxCost().isEmpty() ? null : Budget.amount(command.getMaxCost())));
        }
    }

    @ApplicationScoped
    static class CancellationRequested implements EventHandler<AugmentationCancellationRequested> {

        private final AugmentationRuns runs;

        CancellationRequested(AugmentationRuns runs) {
            this.runs = runs;
        }

        @Override
        public Class<AugmentationCancellationRequested> type() {
            return AugmentationCancellationRequested.class;
        }

        @Override
        public void handle(Handle transaction, Event<AugmentationCancellationRequested> event) {
            AugmentationCancellationRequested command = event.data();
            String reason = command.getReason().isEmpty() ? "cancelled by request" : command.getReason();
            runs.cancel(transaction, command.getRunId(), reason);
        }
    }
}
