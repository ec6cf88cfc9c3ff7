package io.minigpt.qageneration.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** What people said about pairs, by document and question: it holds for every pair of that question to come. */
@ApplicationScoped
class ReviewStore {

    /** The reviews of documents' pairs, by document and {@link PairRow#key}. */
    Map<String, Map<String, Review>> of(Handle transaction, Collection<String> documentIds) {
        Map<String, Map<String, Review>> reviews = new HashMap<>();
        transaction
                .createQuery("select * from review where document_id = any(:documents)")
                .bind("documents", documentIds.toArray(String[]::new))
                .map((row, context) -> reviews.computeIfAbsent(row.getString("document_id"), id -> new HashMap<>())
                        .put(row.getString("question_key"), review(row)))
                .list();
        return reviews;
    }

    /** Keeps a review in place of what was said before. */
    void put(Handle transaction, PairRow pair, Review review) {
        transaction
                .createUpdate("""
                        insert into review (document_id, question_key, verdict, question, answer, note)
                        values (:document, :key, :verdict, nullif(:question, ''), nullif(:answer, ''), :note)
                        on conflict (document_id, question_key) do update set
                            verdict = excluded.verdict, question = excluded.question, answer = excluded.answer,
                            note = excluded.note, reviewed_at = clock_timestamp()
                        """)
                .bind("document", pair.documentId())
                .bind("key", pair.key())
                .bind("verdict", review.verdict().text())
                .bind("question", review.question())
                .bind("answer", review.answer())
                .bind("note", review.note())
                .execute();
    }

    private static Review review(ResultSet row) throws SQLException {
        return new Review(
                Review.Verdict.of(row.getString("verdict")),
                Objects.requireNonNullElse(row.getString("question"), ""),
                Objects.requireNonNullElse(row.getString("answer"), ""),
                row.getString("note"));
    }
}
