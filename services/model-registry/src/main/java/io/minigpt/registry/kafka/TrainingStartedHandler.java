package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.registry.store.LineageStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps what only the start of a run tells. */
@ApplicationScoped
class TrainingStartedHandler implements EventHandler<TrainingStarted> {

    private final LineageStore lineage;

    TrainingStartedHandler(LineageStore lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<TrainingStarted> type() {
        return TrainingStarted.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingStarted> event) {
        lineage.started(transaction, event.data());
    }
}
