package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.registry.store.DataRunStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Notes what a run of question generation took. */
@ApplicationScoped
class GenerationFinishedHandler implements EventHandler<GenerationFinished> {

    private final DataRunStore runs;

    GenerationFinishedHandler(DataRunStore runs) {
        this.runs = runs;
    }

    @Override
    public Class<GenerationFinished> type() {
        return GenerationFinished.class;
    }

    @Override
    public void handle(Handle transaction, Event<GenerationFinished> event) {
        runs.finished(transaction, event.data());
    }
}
