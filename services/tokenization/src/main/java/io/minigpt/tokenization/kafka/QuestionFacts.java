package io.minigpt.tokenization.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.corpus.v1.QuestionRetracted;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.jobs.Withdrawals;
import io.minigpt.tokenization.store.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps curated questions in the record table. */
final class QuestionFacts {

    private QuestionFacts() {}

    @ApplicationScoped
    static class Imported implements EventHandler<QuestionImported> {

        private final RecordStore records;

        Imported(RecordStore records) {
            this.records = records;
        }

        @Override
        public Class<QuestionImported> type() {
            return QuestionImported.class;
        }

        @Override
        public void handle(Handle transaction, Event<QuestionImported> event) {
            records.put(transaction, event.data());
        }
    }

    @ApplicationScoped
    static class Retracted implements EventHandler<QuestionRetracted> {

        private final RecordStore records;
        private final Withdrawals withdrawals;

        Retracted(RecordStore records, Withdrawals withdrawals) {
            this.records = records;
            this.withdrawals = withdrawals;
        }

        @Override
        public Class<QuestionRetracted> type() {
            return QuestionRetracted.class;
        }

        @Override
        public void handle(Handle transaction, Event<QuestionRetracted> event) {
            QuestionRetracted fact = event.data();
            boolean newer = records.retract(
                    transaction, RecordKind.CURATED, fact.getQuestionId(), fact.getCorpus(), fact.getPosition());
            if (newer && fact.getErased()) {
                withdrawals.erase(transaction, fact.getQuestionId());
            }
        }
    }
}
