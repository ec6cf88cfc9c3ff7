package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.registry.store.DataRunStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Notes whom a run of augmentation asks. */
@ApplicationScoped
class AugmentationStartedHandler implements EventHandler<AugmentationStarted> {

    private final DataRunStore runs;

    AugmentationStartedHandler(DataRunStore runs) {
        this.runs = runs;
    }

    @Override
    public Class<AugmentationStarted> type() {
        return AugmentationStarted.class;
    }

    @Override
    public void handle(Handle transaction, Event<AugmentationStarted> event) {
        runs.started(transaction, event.data());
    }
}
