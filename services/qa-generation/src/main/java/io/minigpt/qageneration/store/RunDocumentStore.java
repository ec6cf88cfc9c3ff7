package io.minigpt.qageneration.store;

import io.minigpt.qageneration.Counts;
import io.minigpt.qageneration.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The documents of runs and what a run has done so far. */
@ApplicationScoped
class RunDocumentStore {

    /** What became of a document in a run. */
    enum Outcome {
        /** Its pairs were there. */
        REUSED("reused"),
        /** Its pairs are complete. */
        DONE("done"),
        /** It was retracted or has another text now. */
        GONE("gone"),
        /** It was given up. */
        FAILED("failed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }
    }

    /** Fixes the documents of a run: the active ones in the order of the corpus. */
    void fix(Handle transaction, Run run) {
        transaction
                .createUpdate("""
                        insert into run_document (run_id, document_id, document_version, sequence, job_id, state, pairs)
                        select :run, d.id, d.version, d.sequence, :run || '/' || d.id,
                               case when s.document_id is null then 'pending' else 'reused' end, coalesce(s.pairs, 0)
                        from document d
                        left join pair_set s on s.document_id = d.id and s.document_version = d.version
                                            and s.prompt_version = :prompt and s.teacher = :teacher
                        where d.corpus = :corpus and d.state = 'active'
                        order by d.sequence
                        limit nullif(:limit, 0)
                        """)
                .bind("run", run.id())
                .bind("corpus", run.corpus())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("limit", run.maxDocuments())
                .execute();
    }

    /** The documents that are not done yet, in the order of the corpus. */
    List<RunDocument> pending(Handle transaction, String runId) {
        return transaction
                .createQuery("select * from run_document where run_id = :run and state = 'pending' order by sequence")
                .bind("run", runId)
                .map((row, context) -> document(row))
                .list();
    }

    /** Whether a document is not done yet. */
    boolean anyPending(Handle transaction, String runId) {
        return transaction
                .createQuery("select exists (select from run_document where run_id = :run and state = 'pending')")
                .bind("run", runId)
                .mapTo(Boolean.class)
                .one();
    }

    /** The document that a job does, unless it is done. */
    Optional<RunDocument> ofJob(Handle transaction, String jobId) {
        return transaction
                .createQuery("select * from run_document where job_id = :job and state = 'pending'")
                .bind("job", jobId)
                .map((row, context) -> document(row))
                .findOne();
    }

    /** Notes what became of a document. */
    void end(Handle transaction, RunDocument document, Outcome outcome, String reason, PairStore.Change change) {
        transaction
                .createUpdate("""
                        update run_document set state = :state, reason = :reason, pairs = :pairs,
                                                generated = :generated, retracted = :retracted
                        where run_id = :run and document_id = :document
                        """)
                .bind("state", outcome.text)
                .bind("reason", reason)
                .bind("pairs", change.pairs())
                .bind("generated", change.generated())
                .bind("retracted", change.retracted())
                .bind("run", document.runId())
                .bind("document", document.documentId())
                .execute();
    }

    /** Why the first document that was given up was given up. */
    Optional<String> firstFailure(Handle transaction, String runId) {
        return transaction
                .createQuery("""
                        select reason from run_document
                        where run_id = :run and state = 'failed' order by sequence limit 1
                        """)
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
    }

    /** What a run has done so far. */
    Counts counts(Handle transaction, String runId) {
        Map<String, Long> rejected = new TreeMap<>();
        transaction
                .createQuery("select reason, count(*) as refused from pair_reject where run_id = :run group by reason")
                .bind("run", runId)
                .map((row, context) -> rejected.put(row.getString("reason"), row.getLong("refused")))
                .list();
        return transaction
                .createQuery("""
                        select count(*) as total,
                               count(*) filter (where state = 'pending') as pending,
                               count(*) filter (where state = 'reused') as reused,
                               count(*) filter (where state = 'failed') as failed,
                               coalesce(sum(pairs), 0) as pairs,
                               coalesce(sum(generated), 0) as generated,
                               coalesce(sum(retracted), 0) as retracted,
                               (select count(*) from teacher_call where run_id = :run) as calls,
                               (select coalesce(sum(tokens_in), 0) from teacher_call where run_id = :run) as tokens_in,
                               (select coalesce(sum(tokens_out), 0) from teacher_call where run_id = :run) as tokens_out
                        from run_document where run_id = :run
                        """)
                .bind("run", runId)
                .map((row, context) -> new Counts(
                        row.getLong("total"),
                        row.getLong("pending"),
                        row.getLong("reused"),
                        row.getLong("failed"),
                        row.getLong("pairs"),
                        rejected,
                        row.getLong("calls"),
                        row.getLong("tokens_in"),
                        row.getLong("tokens_out"),
                        row.getLong("generated"),
                        row.getLong("retracted")))
                .one();
    }

    private static RunDocument document(ResultSet row) throws SQLException {
        return new RunDocument(
                row.getString("run_id"),
                row.getString("document_id"),
                row.getString("document_version"),
                row.getLong("sequence"),
                row.getString("job_id"));
    }
}
