package io.minigpt.inference.kafka;

import io.minigpt.inference.ModelCatalog;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.registry.v1.VersionRegistered;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** The registry has a new version. */
@ApplicationScoped
class VersionRegisteredHandler implements EventHandler<VersionRegistered> {

    private final ModelCatalog catalog;

    VersionRegisteredHandler(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Class<VersionRegistered> type() {
        return VersionRegistered.class;
    }

    @Override
    public void handle(Handle transaction, Event<VersionRegistered> event) {
        catalog.register(
                RegistryFacts.version(event.data().getVersion(), event.data().getRegisteredAt()));
    }
}
