package io.minigpt.teacher.run;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.calls.CallKey;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.calls.GivenReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** The ledger of calls as one job sees it: each reply is committed before anything is made of it, while the lease holds. */
record LeasedCalls<S, K extends CallKey>(
        Database database, JobLease lease, SharedLedger<S, K> ledger, Runs<S> runs, Spending spending, String runId)
        implements CallLedger<K> {

    /** Longer than any run is paused. */
    static final Duration UNTIL_RESUMED = Duration.ofDays(36_500);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** The run ended while a subject was asked about. */
    static final class RunEndedException extends RuntimeException {

        RunEndedException(String runId) {
            super("run " + runId + " has ended", null, false, false);
        }
    }

    /** The run was paused while a subject was asked about. */
    static final class RunPausedException extends RuntimeException {

        RunPausedException(String runId) {
            super("run " + runId + " is paused", null, false, false);
        }
    }

    @Override
    public Optional<String> find(K key) {
        SharedLedger.Standing<S> standing = ledger.standing(runId, key);
        if (standing.reply().isEmpty()) {
            requireWanted(standing.run().orElseThrow(() -> new RunEndedException(runId)));
        }
        return standing.reply();
    }

    private void requireWanted(Run<S> run) {
        lease.checkCancelled();
        lease.checkDraining();
        if (run.state() instanceof RunState.Paused) {
            throw new RunPausedException(runId);
        }
        if (!run.budget().unlimited()) {
            run.budget().reachedBy(spending.of(runId)).ifPresent(reason -> {
                database.run(transaction -> runs.pause(transaction, runId, reason));
                throw new RunPausedException(runId);
            });
        }
    }

    @Override
    public String keep(K key, TeacherReply reply) throws InterruptedException {
        String text = keepOnceThereIsADatabase(key, reply);
        spending.add(runId, reply);
        return text;
    }

    /** A reply was paid for: a restart of the database must not lose it. */
    private String keepOnceThereIsADatabase(K key, TeacherReply reply) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        for (boolean first = true; ; first = false) {
            try {
                return ledger.keep(lease, new GivenReply<>(runId, key, reply));
            } catch (JdbiException e) {
                // connections of before the restart fail one after the other although the database answers again; what
                // does not say what it is, such as a connection that the pool has closed, is tried once more
                boolean away = first || Database.isDisconnected(e) || !database.answers();
                if (!away || Instant.now().isAfter(deadline)) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }
}
