package io.minigpt.inference.kafka;

import io.minigpt.inference.ModelCatalog;
import io.minigpt.inference.ServableVersion;
import io.minigpt.inference.TrainingData;
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
        VersionRegistered registered = event.data();
        ServableVersion version = RegistryFacts.version(registered.getVersion(), registered.getRegisteredAt());
        catalog.register(version);
        if (!registered.getDataset().isEmpty()) {
            catalog.setTrainedOn(
                    version.id(), new TrainingData(registered.getDataset(), registered.getDatasetVersion()));
        }
    }
}
