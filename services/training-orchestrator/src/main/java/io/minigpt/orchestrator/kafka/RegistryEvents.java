package io.minigpt.orchestrator.kafka;

import io.minigpt.orchestrator.StepReport;
import io.minigpt.orchestrator.store.Pipelines;
import io.minigpt.orchestrator.store.TrainingRunStore;
import io.minigpt.orchestrator.store.VersionStore;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.registry.v1.VersionDeleted;
import io.minigpt.proto.registry.v1.VersionRegistered;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the registry says: versions end training steps, decisions and aliases move deployment steps. */
@ApplicationScoped
class RegistryEvents {

    private final VersionStore versions;
    private final TrainingRunStore trainings;
    private final Pipelines pipelines;

    RegistryEvents(VersionStore versions, TrainingRunStore trainings, Pipelines pipelines) {
        this.versions = versions;
        this.trainings = trainings;
        this.pipelines = pipelines;
    }

    @Produces
    @Singleton
    EventHandler<VersionRegistered> registered() {
        return new Handler<>(VersionRegistered.class, (transaction, event) -> {
            VersionRegistered message = event.data();
            versions.registered(transaction, message.getVersion());
            if (message.getCheckpoint().getSelected()) {
                trainings.change(
                        transaction,
                        message.getRunId(),
                        run -> run.registered(message.getVersion().getVersion()));
            }
            StepReport.of(message).ifPresent(report -> pipelines.report(transaction, report, event.id()));
        });
    }

    @Produces
    @Singleton
    EventHandler<VersionDeleted> deleted() {
        return new Handler<>(VersionDeleted.class, (transaction, event) -> versions.deleted(transaction, event.data()));
    }

    @Produces
    @Singleton
    EventHandler<AliasSet> aliasSet() {
        return new Handler<>(
                AliasSet.class, (transaction, event) -> pipelines.named(transaction, event.data(), event.id()));
    }

    @Produces
    @Singleton
    EventHandler<PromotionDecided> promotionDecided() {
        return new Handler<>(
                PromotionDecided.class,
                (transaction, event) -> pipelines.decided(transaction, event.data(), event.id()));
    }
}
