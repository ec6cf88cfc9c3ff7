package io.minigpt.tokenization.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.store.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps variants in the record table. */
final class VariantFacts {

    private VariantFacts() {}

    @ApplicationScoped
    static class Generated implements EventHandler<VariantGenerated> {

        private final RecordStore records;

        Generated(RecordStore records) {
            this.records = records;
        }

        @Override
        public Class<VariantGenerated> type() {
            return VariantGenerated.class;
        }

        @Override
        public void handle(Handle transaction, Event<VariantGenerated> event) {
            records.put(transaction, event.data());
        }
    }

    @ApplicationScoped
    static class Retracted implements EventHandler<VariantRetracted> {

        private final RecordStore records;

        Retracted(RecordStore records) {
            this.records = records;
        }

        @Override
        public Class<VariantRetracted> type() {
            return VariantRetracted.class;
        }

        @Override
        public void handle(Handle transaction, Event<VariantRetracted> event) {
            VariantRetracted fact = event.data();
            records.retract(transaction, RecordKind.VARIANT, fact.getPairId(), fact.getCorpus(), fact.getPosition());
        }
    }
}
