package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.registry.store.DataRunStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Notes what a run of augmentation took. */
@ApplicationScoped
class AugmentationFinishedHandler implements EventHandler<AugmentationFinished> {

    private final DataRunStore runs;

    AugmentationFinishedHandler(DataRunStore runs) {
        this.runs = runs;
    }

    @Override
    public Class<AugmentationFinished> type() {
        return AugmentationFinished.class;
    }

    @Override
    public void handle(Handle transaction, Event<AugmentationFinished> event) {
        runs.finished(transaction, event.data());
    }
}
