package io.minigpt.tokenization.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.proto.dataset.v1.TeacherEstimate;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.tokenization.RegenerationRecords.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the generating services say of their teachers: which there are, and what ended runs took. */
@ApplicationScoped
public class TeachingStore {

    /** Runs behind an average. */
    private static final int NEWEST_RUNS = 20;

    /** What a run took. @param subjects documents or questions that it asked about */
    public record Taken(long subjects, long calls, long tokensIn, long tokensOut, BigDecimal cost) {}

    /** Notes what question generation is configured with, unless something newer is known. */
    public void configured(Handle transaction, String name, GenerationConfigured setup) {
        transaction
                .createUpdate("""
                        insert into generation_setup (name, revision, message) values (:name, :revision, :message)
                        on conflict (name) do update set revision = excluded.revision, message = excluded.message
                        where excluded.revision > generation_setup.revision
                        """)
                .bind("name", name)
                .bind("revision", setup.getPosition().getRevision())
                .bind("message", setup.toByteArray())
                .execute();
    }

    /** Notes whom a run asks. */
    public void started(Handle transaction, Subject subject, String runId, String teacher) {
        transaction
                .createUpdate("""
                        insert into teaching_run (run_id, kind, teacher) values (:run, :kind, :teacher)
                        on conflict (run_id) do update set teacher = excluded.teacher
                        """)
                .bind("run", runId)
                .bind("kind", text(subject))
                .bind("teacher", teacher)
                .execute();
    }

    /** Notes what a run took in all. */
    public void finished(Handle transaction, Subject subject, String runId, Taken taken, Instant at) {
        transaction
                .createUpdate("""
                        insert into teaching_run
                            (run_id, kind, subjects, calls, tokens_in, tokens_out, cost, finished_at)
                        values (:run, :kind, :subjects, :calls, :in, :out, :cost, :at)
                        on conflict (run_id) do update set
                            subjects = excluded.subjects, calls = excluded.calls, tokens_in = excluded.tokens_in,
                            tokens_out = excluded.tokens_out, cost = excluded.cost, finished_at = excluded.finished_at
                        """)
                .bind("run", runId)
                .bind("kind", text(subject))
                .bind("subjects", taken.subjects())
                .bind("calls", taken.calls())
                .bind("in", taken.tokensIn())
                .bind("out", taken.tokensOut())
                .bind("cost", taken.cost())
                .bind("at", at)
                .execute();
    }

    Optional<GenerationConfigured> setup(Handle transaction) {
        return transaction
                .createQuery("select message from generation_setup order by revision desc limit 1")
                .map((row, context) ->
                        Columns.message(row.getBytes("message"), GenerationConfigured.getDefaultInstance()))
                .findOne();
    }

    Optional<TeacherEstimate> taken(Handle transaction, Subject subject, String teacherLabel) {
        return transaction
                .createQuery("""
                        with asked as (
                            select * from teaching_run where kind = :kind and subjects > 0 and teacher <> ''),
                        same as (
                            select * from asked
                            where teacher = coalesce(nullif(:teacher, ''),
                                                     (select teacher from asked order by finished_at desc limit 1))
                            order by finished_at desc limit :limit)
                        select sum(subjects)::bigint as subjects, sum(calls)::bigint as calls,
                               sum(tokens_in)::bigint as tokens_in, sum(tokens_out)::bigint as tokens_out,
                               sum(cost) as cost
                        from same having count(*) > 0
                        """)
                .bind("kind", text(subject))
                .bind("teacher", teacherLabel)
                .bind("limit", NEWEST_RUNS)
                .map((row, context) -> TeacherEstimate.newBuilder()
                        .setMeasured(row.getLong("subjects"))
                        .setCalls(row.getLong("calls"))
                        .setTokensIn(row.getLong("tokens_in"))
                        .setTokensOut(row.getLong("tokens_out"))
                        .setCost(row.getBigDecimal("cost").toPlainString())
                        .build())
                .findOne();
    }

    private static String text(Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT);
    }
}
