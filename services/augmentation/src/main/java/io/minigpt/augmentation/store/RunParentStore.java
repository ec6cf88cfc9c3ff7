package io.minigpt.augmentation.store;

import io.minigpt.augmentation.Counts;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The questions of runs and what a run has done so far. */
@ApplicationScoped
class RunParentStore {

    /** What became of a question in a run. */
    enum Outcome {
        /** Its variants were there. */
        REUSED,
        /** It was asked about to the end. */
        DONE,
        /** It was retracted or has other words now. */
        GONE,
        /** The teacher could not be asked. */
        FAILED
    }

    /** Fixes the questions of a run: the active ones of its sources. */
    void fix(Handle transaction, Run run) {
        transaction
                .createUpdate("""
                        insert into run_parent (run_id, parent_id, content, job_id, state, variants)
                        select :run, p.id, p.content, :run || '/' || p.id,
                               case when s.parent_id is null then 'pending' else 'reused' end, coalesce(s.variants, 0)
                        from parent p
                        left join variant_set s on s.parent_id = p.id and s.content = p.content
                                               and s.recipe = :recipe and s.prompt_version = :prompt
                                               and s.teacher = :teacher and s.wanted = :wanted
                        where p.corpus = :corpus and p.state = 'active' and p.source = any(:sources)
                        """)
                .bind("run", run.id())
                .bind("corpus", run.corpus())
                .bind("recipe", Run.RECIPE)
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("wanted", run.variants())
                .bind("sources", run.sources().stream().map(ParentSource::text).toArray(String[]::new))
                .execute();
    }

    /** The questions that are not done yet, in the order of the corpus. */
    List<RunParent> pending(Handle transaction, String runId) {
        return transaction
                .createQuery("""
                        select r.* from run_parent r join parent p on p.id = r.parent_id
                        where r.run_id = :run and r.state = 'pending'
                        order by p.source, p.sequence, p.ordinal, p.id
                        """)
                .bind("run", runId)
                .map((row, context) -> parent(row))
                .list();
    }

    /** Whether a question is not done yet. */
    boolean anyPending(Handle transaction, String runId) {
        return transaction
                .createQuery("select exists (select from run_parent where run_id = :run and state = 'pending')")
                .bind("run", runId)
                .mapTo(Boolean.class)
                .one();
    }

    /** The question that a job does, unless it is done. */
    Optional<RunParent> ofJob(Handle transaction, String jobId) {
        return transaction
                .createQuery("select * from run_parent where job_id = :job and state = 'pending'")
                .bind("job", jobId)
                .map((row, context) -> parent(row))
                .findOne();
    }

    /** Notes what became of a question. */
    void end(Handle transaction, RunParent parent, Outcome outcome, String reason, VariantStore.Change change) {
        transaction
                .createUpdate("""
                        update run_parent set state = :state, reason = :reason, variants = :variants,
                                              generated = :generated, retracted = :retracted
                        where run_id = :run and parent_id = :parent
                        """)
                .bind("state", outcome.name().toLowerCase(Locale.ROOT))
                .bind("reason", reason)
                .bind("variants", change.variants())
                .bind("generated", change.generated())
                .bind("retracted", change.retracted())
                .bind("run", parent.runId())
                .bind("parent", parent.parentId())
                .execute();
    }

    /** Why one of the questions that were given up was given up. */
    Optional<String> firstFailure(Handle transaction, String runId) {
        return transaction
                .createQuery("""
                        select reason from run_parent
                        where run_id = :run and state = 'failed' order by parent_id limit 1
                        """)
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
    }

    /** What a run has done so far. */
    Counts counts(Handle transaction, Run run) {
        Map<String, Long> rejected = new TreeMap<>();
        transaction
                .createQuery("""
                        select reason, count(*) as refused from variant_reject where run_id = :run group by reason
                        """)
                .bind("run", run.id())
                .map((row, context) -> rejected.put(row.getString("reason"), row.getLong("refused")))
                .list();
        return transaction
                .createQuery("""
                        select count(*) as total,
                               count(*) filter (where state = 'pending') as pending,
                               count(*) filter (where state = 'reused') as reused,
                               count(*) filter (where state = 'failed') as failed,
                               count(*) filter (where state in ('reused', 'done', 'failed') and variants < :wanted)
                                   as missing,
                               coalesce(sum(variants), 0) as variants,
                               coalesce(sum(generated), 0) as generated,
                               coalesce(sum(retracted), 0) as retracted,
                               (select count(*) from teacher_call where run_id = :run) as calls
                        from run_parent where run_id = :run
                        """)
                .bind("run", run.id())
                .bind("wanted", run.variants())
                .map((row, context) -> new Counts(
                        row.getLong("total"),
                        row.getLong("pending"),
                        row.getLong("reused"),
                        row.getLong("failed"),
                        row.getLong("missing"),
                        row.getLong("variants"),
                        rejected,
                        row.getLong("calls"),
                        row.getLong("generated"),
                        row.getLong("retracted")))
                .one();
    }

    private static RunParent parent(ResultSet row) throws SQLException {
        return new RunParent(
                row.getString("run_id"), row.getString("parent_id"), row.getString("content"), row.getString("job_id"));
    }
}
