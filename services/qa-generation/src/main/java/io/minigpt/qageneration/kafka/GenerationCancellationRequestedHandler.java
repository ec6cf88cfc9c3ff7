package io.minigpt.qageneration.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.qageneration.store.GenerationRuns;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Stops runs. */
@ApplicationScoped
class GenerationCancellationRequestedHandler implements EventHandler<GenerationCancellationRequested> {

    private final GenerationRuns runs;

    GenerationCancellationRequestedHandler(GenerationRuns runs) {
        this.runs = runs;
    }

    @Override
    public Class<GenerationCancellationRequested> type() {
        return GenerationCancellationRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<GenerationCancellationRequested> event) {
        GenerationCancellationRequested command = event.data();
        String reason = command.getReason().isEmpty() ? "cancelled by request" : command.getReason();
        runs.cancel(transaction, command.getRunId(), reason);
    }
}
