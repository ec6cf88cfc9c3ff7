package io.minigpt.inference.kafka;

import io.minigpt.inference.AliasName;
import io.minigpt.inference.ModelCatalog;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.registry.v1.AliasSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** An alias names a version. */
@ApplicationScoped
class AliasSetHandler implements EventHandler<AliasSet> {

    private final ModelCatalog catalog;

    AliasSetHandler(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Class<AliasSet> type() {
        return AliasSet.class;
    }

    @Override
    public void handle(Handle transaction, Event<AliasSet> event) {
        AliasSet alias = event.data();
        catalog.setAlias(
                new AliasName(alias.getModel(), alias.getAlias()),
                alias.getRevision(),
                RegistryFacts.version(alias.getVersion(), alias.getSetAt()));
    }
}
