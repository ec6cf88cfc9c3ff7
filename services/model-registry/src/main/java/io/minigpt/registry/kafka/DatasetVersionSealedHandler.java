package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.registry.store.LineageStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps the dataset versions that models come from. */
@ApplicationScoped
class DatasetVersionSealedHandler implements EventHandler<DatasetVersionSealed> {

    private final LineageStore lineage;

    DatasetVersionSealedHandler(LineageStore lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<DatasetVersionSealed> type() {
        return DatasetVersionSealed.class;
    }

    @Override
    public void handle(Handle transaction, Event<DatasetVersionSealed> event) {
        lineage.sealed(transaction, event.data());
    }
}
