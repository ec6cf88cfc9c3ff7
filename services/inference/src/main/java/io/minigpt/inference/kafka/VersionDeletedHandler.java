package io.minigpt.inference.kafka;

import io.minigpt.inference.ModelCatalog;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.registry.v1.VersionDeleted;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** The registry has a version no more. */
@ApplicationScoped
class VersionDeletedHandler implements EventHandler<VersionDeleted> {

    private final ModelCatalog catalog;

    VersionDeletedHandler(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Class<VersionDeleted> type() {
        return VersionDeleted.class;
    }

    @Override
    public void handle(Handle transaction, Event<VersionDeleted> event) {
        catalog.delete(RegistryFacts.id(event.data().getModel(), event.data().getVersion()));
    }
}
