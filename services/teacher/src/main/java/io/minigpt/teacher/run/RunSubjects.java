package io.minigpt.teacher.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The subjects of runs (table {@code run_subject}) and what a run has done so far. */
@ApplicationScoped
class RunSubjects {

    /** The subjects that are not done yet, in the order of the corpus. */
    List<RunSubject> pending(Handle transaction, String runId) {
        return transaction
                .createQuery("select * from run_subject where run_id = :run and state = 'pending' order by sequence")
                .bind("run", runId)
                .map((row, context) -> RunSubject.of(row))
                .list();
    }

    /** The jobs of the subjects that are not done yet. */
    List<String> pendingJobs(Handle transaction, String runId) {
        return transaction
                .createQuery("select job_id from run_subject where run_id = :run and state = 'pending'")
                .bind("run", runId)
                .mapTo(String.class)
                .list();
    }

    /** Whether a subject is not done yet. */
    boolean anyPending(Handle transaction, String runId) {
        return transaction
                .createQuery("select exists (select from run_subject where run_id = :run and state = 'pending')")
                .bind("run", runId)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether so many subjects have failed and none has ended better. */
    boolean onlyFailed(Handle transaction, String runId, int failed) {
        return transaction
                .createQuery("""
                        select count(*) filter (where state = 'failed') >= :failed
                               and count(*) filter (where state in ('done', 'reused')) = 0
                        from run_subject where run_id = :run and state in ('failed', 'done', 'reused')
                        """)
                .bind("failed", failed)
                .bind("run", runId)
                .mapTo(Boolean.class)
                .one();
    }

    /** The subjects that jobs do and that are not done yet, in the order of the corpus. */
    List<RunSubject> ofJobs(Handle transaction, Collection<String> jobIds) {
        return transaction
                .createQuery("""
                        select * from run_subject where job_id = any(:jobs) and state = 'pending'
                        order by sequence, subject_id
                        """)
                .bind("jobs", jobIds.toArray(String[]::new))
                .map((row, context) -> RunSubject.of(row))
                .list();
    }

    /** Notes what became of subjects of a run. */
    void end(Handle transaction, String runId, Map<RunSubject, Ending> endings) {
        List<RunSubject> ended = List.copyOf(endings.keySet());
        transaction
                .createUpdate("""
                        update run_subject s set state = e.state, reason = e.reason, results = e.results,
                                                 generated = e.generated, retracted = e.retracted
                        from unnest(:subjects::text[], :states::text[], :reasons::text[], :results::int[],
                                    :generated::int[], :retracted::int[])
                             as e (subject_id, state, reason, results, generated, retracted)
                        where s.run_id = :run and s.subject_id = e.subject_id
                        """)
                .bind("run", runId)
                .bind("subjects", ended.stream().map(RunSubject::id).toArray(String[]::new))
                .bind(
                        "states",
                        ended.stream()
                                .map(subject -> name(endings.get(subject)))
                                .toArray(String[]::new))
                .bind(
                        "reasons",
                        ended.stream()
                                .map(subject -> endings.get(subject).reason())
                                .toArray(String[]::new))
                .bind(
                        "results",
                        ended.stream()
                                .map(subject -> endings.get(subject).results())
                                .toArray(Integer[]::new))
                .bind(
                        "generated",
                        ended.stream()
                                .map(subject -> endings.get(subject).generated())
                                .toArray(Integer[]::new))
                .bind(
                        "retracted",
                        ended.stream()
                                .map(subject -> endings.get(subject).retracted())
                                .toArray(Integer[]::new))
                .execute();
    }

    private static String name(Ending ending) {
        return ending.state().name().toLowerCase(Locale.ROOT);
    }

    /** Why the first subject that was given up was given up. */
    Optional<String> firstFailure(Handle transaction, String runId) {
        return transaction
                .createQuery("""
                        select reason from run_subject
                        where run_id = :run and state = 'failed' order by sequence limit 1
                        """)
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
    }

    /** What a run has done so far. @param wanted results wanted of each subject; 0 if no number is wanted */
    Counts counts(Handle transaction, String runId, int wanted) {
        Map<String, Long> rejected = new TreeMap<>();
        transaction
                .createQuery("select reason, count(*) as refused from reject where run_id = :run group by reason")
                .bind("run", runId)
                .map((row, context) -> rejected.put(row.getString("reason"), row.getLong("refused")))
                .list();
        Teaching teaching = teaching(transaction, runId);
        return transaction
                .createQuery("""
                        select count(*) as total,
                               count(*) filter (where state = 'pending') as pending,
                               count(*) filter (where state = 'reused') as reused,
                               count(*) filter (where state = 'failed') as failed,
                               count(*) filter (where state in ('reused', 'done', 'failed') and results < :wanted)
                                   as missing,
                               coalesce(sum(results), 0) as results,
                               coalesce(sum(results) filter (where state in ('done', 'failed')), 0) as made,
                               coalesce(sum(generated), 0) as generated,
                               coalesce(sum(retracted), 0) as retracted
                        from run_subject where run_id = :run
                        """)
                .bind("run", runId)
                .bind("wanted", wanted)
                .map((row, context) -> new Counts(
                        row.getLong("total"),
                        row.getLong("pending"),
                        row.getLong("reused"),
                        row.getLong("failed"),
                        row.getLong("missing"),
                        row.getLong("results"),
                        row.getLong("made"),
                        rejected,
                        teaching,
                        row.getLong("generated"),
                        row.getLong("retracted")))
                .one();
    }

    /** What the calls of a run took. */
    Teaching teaching(Handle transaction, String runId) {
        return transaction
                .createQuery(Teaching.SUM)
                .bind("run", runId)
                .map((row, context) -> Teaching.of(row))
                .one();
    }
}
