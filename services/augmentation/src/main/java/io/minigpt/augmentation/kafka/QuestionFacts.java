package io.minigpt.augmentation.kafka;

import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.store.ParentStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.corpus.v1.QuestionRetracted;
import io.minigpt.teacher.run.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps curated questions. */
final class QuestionFacts {

    private QuestionFacts() {}

    @ApplicationScoped
    static class Imported implements EventHandler<QuestionImported> {

        private final ParentStore parents;

        Imported(ParentStore parents) {
            this.parents = parents;
        }

        @Override
        public Class<QuestionImported> type() {
            return QuestionImported.class;
        }

        @Override
        public void handle(Handle transaction, Event<QuestionImported> event) {
            QuestionImported fact = event.data();
            Facts.require(fact.getQuestionId(), fact.getCorpus(), fact.getQuestion(), fact.hasPosition());
            Parent parent = new Parent(
                    fact.getQuestionId(),
                    fact.getCorpus(),
                    ParentSource.CURATED,
                    fact.getQuestionId(),
                    fact.getSequence(),
                    0,
                    fact.getQuestion(),
                    fact.getAnswer());
            parents.put(transaction, parent, fact.getPosition().getRevision(), Cause.of(event));
        }
    }

    @ApplicationScoped
    static class Retracted implements EventHandler<QuestionRetracted> {

        private final ParentStore parents;

        Retracted(ParentStore parents) {
            this.parents = parents;
        }

        @Override
        public Class<QuestionRetracted> type() {
            return QuestionRetracted.class;
        }

        @Override
        public void handle(Handle transaction, Event<QuestionRetracted> event) {
            QuestionRetracted fact = event.data();
            Facts.require(fact.getQuestionId(), fact.getCorpus(), fact.hasPosition());
            parents.retract(
                    transaction,
                    ParentSource.CURATED,
                    fact.getQuestionId(),
                    fact.getCorpus(),
                    fact.getPosition().getRevision(),
                    fact.getErased(),
                    Cause.of(event));
        }
    }
}
