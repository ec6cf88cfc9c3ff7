package io.minigpt.tokenization.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.jobs.Withdrawals;
import io.minigpt.tokenization.store.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps documents in the record table. */
final class DocumentFacts {

    private DocumentFacts() {}

    @ApplicationScoped
    static class Imported implements EventHandler<DocumentImported> {

        private final RecordStore records;

        Imported(RecordStore records) {
            this.records = records;
        }

        @Override
        public Class<DocumentImported> type() {
            return DocumentImported.class;
        }

        @Override
        public void handle(Handle transaction, Event<DocumentImported> event) {
            records.put(transaction, event.data());
        }
    }

    @ApplicationScoped
    static class Retracted implements EventHandler<DocumentRetracted> {

        private final RecordStore records;
        private final Withdrawals withdrawals;

        Retracted(RecordStore records, Withdrawals withdrawals) {
            this.records = records;
            this.withdrawals = withdrawals;
        }

        @Override
        public Class<DocumentRetracted> type() {
            return DocumentRetracted.class;
        }

        @Override
        public void handle(Handle transaction, Event<DocumentRetracted> event) {
            DocumentRetracted fact = event.data();
            boolean newer = records.retract(
                    transaction, RecordKind.DOCUMENT, fact.getDocumentId(), fact.getCorpus(), fact.getPosition());
            if (newer && fact.getErased()) {
                withdrawals.erase(transaction, fact.getDocumentId());
            }
        }
    }
}
