package io.minigpt.tokenization.kafka;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.augmentation.v1.AugmentationCounts;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.registry.v1.VersionDeleted;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.tokenization.RegenerationRecords.Subject;
import io.minigpt.tokenization.store.TeachingStore;
import io.minigpt.tokenization.store.TeachingStore.Taken;
import io.minigpt.tokenization.store.TrainedModelStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** What plans are made from besides the records: what teachers took, which there are, which models were trained. */
@ApplicationScoped
class TeachingEvents {

    private record Handler<M extends Message>(Class<M> type, BiConsumer<Handle, Event<M>> effect)
            implements EventHandler<M> {
        @Override
        public void handle(Handle transaction, Event<M> event) {
            effect.accept(transaction, event);
        }
    }

    private final TeachingStore teaching;
    private final TrainedModelStore models;

    TeachingEvents(TeachingStore teaching, TrainedModelStore models) {
        this.teaching = teaching;
        this.models = models;
    }

    @Produces
    @Singleton
    EventHandler<GenerationConfigured> configured() {
        return new Handler<>(
                GenerationConfigured.class,
                (transaction, event) -> teaching.configured(transaction, event.subject(), event.data()));
    }

    @Produces
    @Singleton
    EventHandler<GenerationStarted> generationStarted() {
        return new Handler<>(
                GenerationStarted.class,
                (transaction, event) -> teaching.started(
                        transaction,
                        Subject.DOCUMENT,
                        event.data().getRunId(),
                        event.data().getTeacher()));
    }

    @Produces
    @Singleton
    EventHandler<GenerationFinished> generationFinished() {
        return new Handler<>(GenerationFinished.class, (transaction, event) -> {
            GenerationCounts counts = event.data().getCounts();
            Taken taken = new Taken(
                    counts.getDocumentsDone() + counts.getDocumentsFailed() - counts.getDocumentsReused(),
                    counts.getTeacherCalls(),
                    counts.getTokensIn(),
                    counts.getTokensOut(),
                    money(counts.getCost()));
            teaching.finished(transaction, Subject.DOCUMENT, event.data().getRunId(), taken, event.time());
        });
    }

    @Produces
    @Singleton
    EventHandler<AugmentationStarted> augmentationStarted() {
        return new Handler<>(
                AugmentationStarted.class,
                (transaction, event) -> teaching.started(
                        transaction,
                        Subject.QUESTION,
                        event.data().getRunId(),
                        event.data().getTeacher()));
    }

    @Produces
    @Singleton
    EventHandler<AugmentationFinished> augmentationFinished() {
        return new Handler<>(AugmentationFinished.class, (transaction, event) -> {
            AugmentationCounts counts = event.data().getCounts();
            Taken taken = new Taken(
                    counts.getPairsDone() - counts.getPairsReused(),
                    counts.getTeacherCalls(),
                    counts.getTokensIn(),
                    counts.getTokensOut(),
                    money(counts.getCost()));
            teaching.finished(transaction, Subject.QUESTION, event.data().getRunId(), taken, event.time());
        });
    }

    @Produces
    @Singleton
    EventHandler<VersionRegistered> versionRegistered() {
        return new Handler<>(
                VersionRegistered.class, (transaction, event) -> models.registered(transaction, event.data()));
    }

    @Produces
    @Singleton
    EventHandler<VersionDeleted> versionDeleted() {
        return new Handler<>(VersionDeleted.class, (transaction, event) -> models.deleted(transaction, event.data()));
    }

    private static BigDecimal money(String amount) {
        return amount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(amount);
    }
}
