package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.registry.store.DataRunStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Notes whom a run of question generation asks. */
@ApplicationScoped
class GenerationStartedHandler implements EventHandler<GenerationStarted> {

    private final DataRunStore runs;

    GenerationStartedHandler(DataRunStore runs) {
        this.runs = runs;
    }

    @Override
    public Class<GenerationStarted> type() {
        return GenerationStarted.class;
    }

    @Override
    public void handle(Handle transaction, Event<GenerationStarted> event) {
        runs.started(transaction, event.data());
    }
}
