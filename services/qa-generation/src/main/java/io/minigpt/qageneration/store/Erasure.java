package io.minigpt.qageneration.store;

import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.KnownResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Removes what was made from an erased document: pairs, replies, reviews. Ids, counts and costs stay. */
@ApplicationScoped
class Erasure {

    private final PairFacts facts;
    private final PairSetStore sets;
    private final PassageCalls calls;

    Erasure(PairFacts facts, PairSetStore sets, PassageCalls calls) {
        this.facts = facts;
        this.sets = sets;
        this.calls = calls;
    }

    /** The corpus must be locked. */
    void erase(Handle transaction, String corpus, String documentId, Cause cause) {
        // retracted pairs too: others may still keep what they said
        List<KnownResult> pairs = transaction
                .createQuery("select * from pair where document_id = :document order by ordinal, id")
                .bind("document", documentId)
                .map((row, context) -> KnownResult.of(row))
                .list();
        facts.erase(transaction, corpus, cause, pairs, "the document was erased");
        sets.removeOtherVersions(transaction, documentId, "");
        calls.forget(transaction, documentId);
        transaction
                .createUpdate("update reject set question = '', answer = '', detail = '' where subject_id = :document")
                .bind("document", documentId)
                .execute();
        transaction
                .createUpdate("delete from review where document_id = :document")
                .bind("document", documentId)
                .execute();
    }
}
