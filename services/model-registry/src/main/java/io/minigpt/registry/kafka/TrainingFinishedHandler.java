package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.registry.store.Registrations;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Registers what a training run made. */
@ApplicationScoped
class TrainingFinishedHandler implements EventHandler<TrainingFinished> {

    private final Registrations registrations;

    TrainingFinishedHandler(Registrations registrations) {
        this.registrations = registrations;
    }

    @Override
    public Class<TrainingFinished> type() {
        return TrainingFinished.class;
    }

    @Override
    public void handle(Handle transaction, Event<TrainingFinished> event) {
        registrations.register(transaction, event);
    }
}
