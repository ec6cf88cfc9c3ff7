package io.minigpt.augmentation.kafka;

import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.store.ParentStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.teacher.run.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps generated pairs. */
final class PairFacts {

    private PairFacts() {}

    @ApplicationScoped
    static class Generated implements EventHandler<PairGenerated> {

        private final ParentStore parents;

        Generated(ParentStore parents) {
            this.parents = parents;
        }

        @Override
        public Class<PairGenerated> type() {
            return PairGenerated.class;
        }

        @Override
        public void handle(Handle transaction, Event<PairGenerated> event) {
            PairGenerated fact = event.data();
            Facts.require(fact.getPairId(), fact.getCorpus(), fact.getQuestion(), fact.hasPosition());
            Parent parent = new Parent(
                    fact.getPairId(),
                    fact.getCorpus(),
                    ParentSource.GENERATED,
                    fact.getDocumentId(),
                    fact.getDocumentSequence(),
                    fact.getOrdinal(),
                    fact.getQuestion(),
                    fact.getAnswer());
            parents.put(transaction, parent, fact.getPosition().getRevision(), Cause.of(event));
        }
    }

    @ApplicationScoped
    static class Retracted implements EventHandler<PairRetracted> {

        private final ParentStore parents;

        Retracted(ParentStore parents) {
            this.parents = parents;
        }

        @Override
        public Class<PairRetracted> type() {
            return PairRetracted.class;
        }

        @Override
        public void handle(Handle transaction, Event<PairRetracted> event) {
            PairRetracted fact = event.data();
            Facts.require(fact.getPairId(), fact.getCorpus(), fact.hasPosition());
            parents.retract(
                    transaction,
                    ParentSource.GENERATED,
                    fact.getPairId(),
                    fact.getCorpus(),
                    fact.getPosition().getRevision(),
                    fact.getErased(),
                    Cause.of(event));
        }
    }
}
