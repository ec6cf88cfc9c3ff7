package io.minigpt.tokenization.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.store.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps generated pairs in the record table. */
final class PairFacts {

    private PairFacts() {}

    @ApplicationScoped
    static class Generated implements EventHandler<PairGenerated> {

        private final RecordStore records;

        Generated(RecordStore records) {
            this.records = records;
        }

        @Override
        public Class<PairGenerated> type() {
            return PairGenerated.class;
        }

        @Override
        public void handle(Handle transaction, Event<PairGenerated> event) {
            records.put(transaction, event.data());
        }
    }

    @ApplicationScoped
    static class Retracted implements EventHandler<PairRetracted> {

        private final RecordStore records;

        Retracted(RecordStore records) {
            this.records = records;
        }

        @Override
        public Class<PairRetracted> type() {
            return PairRetracted.class;
        }

        @Override
        public void handle(Handle transaction, Event<PairRetracted> event) {
            PairRetracted fact = event.data();
            records.retract(transaction, RecordKind.GENERATED, fact.getPairId(), fact.getCorpus(), fact.getPosition());
        }
    }
}
