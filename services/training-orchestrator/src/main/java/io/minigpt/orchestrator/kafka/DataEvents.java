package io.minigpt.orchestrator.kafka;

import io.minigpt.orchestrator.store.VersionStore;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.dataset.v1.EvaluationSetsListed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The data that runs can use. */
@ApplicationScoped
class DataEvents {

    private final VersionStore versions;

    DataEvents(VersionStore versions) {
        this.versions = versions;
    }

    @Produces
    @Singleton
    EventHandler<ImportFinished> importFinished() {
        return new Handler<>(
                ImportFinished.class,
                (transaction, event) -> versions.imported(
                        transaction, event.data().getCorpus(), event.data().getOutput()));
    }

    @Produces
    @Singleton
    EventHandler<EvaluationSetsListed> setsListed() {
        return new Handler<>(
                EvaluationSetsListed.class, (transaction, event) -> versions.listed(transaction, event.data()));
    }

    @Produces
    @Singleton
    EventHandler<DatasetVersionSealed> sealed() {
        return new Handler<>(
                DatasetVersionSealed.class,
                (transaction, event) ->
                        versions.sealed(transaction, event.data().getVersion()));
    }
}
