package io.minigpt.orchestrator.kafka;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.StepReport;
import io.minigpt.orchestrator.store.Pipelines;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationProgressed;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeProgressed;
import io.minigpt.proto.dataset.v1.FreezeStarted;
import io.minigpt.proto.dataset.v1.RegenerationPlanFinished;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationProgressed;
import io.minigpt.proto.generation.v1.GenerationStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the services of the data half report of their runs; it matters to pipelines only. */
@ApplicationScoped
class StepReports {

    private final Pipelines pipelines;

    StepReports(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Produces
    @Singleton
    EventHandler<RegenerationPlanFinished> planFinished() {
        return of(RegenerationPlanFinished.class);
    }

    @Produces
    @Singleton
    EventHandler<GenerationStarted> generationStarted() {
        return of(GenerationStarted.class);
    }

    @Produces
    @Singleton
    EventHandler<GenerationProgressed> generationProgressed() {
        return of(GenerationProgressed.class);
    }

    @Produces
    @Singleton
    EventHandler<GenerationFinished> generationFinished() {
        return of(GenerationFinished.class);
    }

    @Produces
    @Singleton
    EventHandler<AugmentationStarted> augmentationStarted() {
        return of(AugmentationStarted.class);
    }

    @Produces
    @Singleton
    EventHandler<AugmentationProgressed> augmentationProgressed() {
        return of(AugmentationProgressed.class);
    }

    @Produces
    @Singleton
    EventHandler<AugmentationFinished> augmentationFinished() {
        return of(AugmentationFinished.class);
    }

    @Produces
    @Singleton
    EventHandler<FreezeStarted> freezeStarted() {
        return of(FreezeStarted.class);
    }

    @Produces
    @Singleton
    EventHandler<FreezeProgressed> freezeProgressed() {
        return of(FreezeProgressed.class);
    }

    @Produces
    @Singleton
    EventHandler<FreezeFinished> freezeFinished() {
        return of(FreezeFinished.class);
    }

    private <M extends Message> EventHandler<M> of(Class<M> type) {
        return new Handler<>(
                type,
                (transaction, event) -> StepReport.of(event.data())
                        .ifPresent(report -> pipelines.report(transaction, report, event.id())));
    }
}
