package io.minigpt.inference.kafka;

import io.minigpt.inference.AliasName;
import io.minigpt.inference.ModelCatalog;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.registry.v1.AliasRemoved;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** An alias is gone. */
@ApplicationScoped
class AliasRemovedHandler implements EventHandler<AliasRemoved> {

    private final ModelCatalog catalog;

    AliasRemovedHandler(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Class<AliasRemoved> type() {
        return AliasRemoved.class;
    }

    @Override
    public void handle(Handle transaction, Event<AliasRemoved> event) {
        AliasRemoved alias = event.data();
        catalog.removeAlias(new AliasName(alias.getModel(), alias.getAlias()), alias.getRevision());
    }
}
