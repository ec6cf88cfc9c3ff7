package io.minigpt.platform.jobs;

import io.minigpt.platform.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The right of one replica to do a job, until it ends or runs out. Every write of the job goes through it and takes
 * place only while the lease holds: that is the fence against a replica that was thought dead and wakes up.
 */
public final class JobLease {

    private final Database database;
    private final Job job;
    private final long number;
    private final Duration silence;
    private final Thread thread;
    private final boolean interruptible;
    private volatile String cancellation;
    private volatile boolean draining;
    private volatile boolean lost;
    private volatile boolean ended;

    /** @param silence after which the database ends a transaction of this lease in which nothing happens */
    JobLease(Database database, Job job, long number, Duration silence, Thread thread, boolean interruptible) {
        this.database = database;
        this.job = job;
        this.number = number;
        this.silence = silence;
        this.thread = thread;
        this.interruptible = interruptible;
    }

    /** The job. */
    public Job job() {
        return job;
    }

    /** Number of this lease among the job's leases, from 1; a later lease has a higher number. */
    public long number() {
        return number;
    }

    /**
     * Runs the work in a transaction in which the lease is known to hold.
     *
     * @throws LeaseLostException if it no longer holds
     */
    public <T> T transact(Function<Handle, T> work) {
        return database.transact(transaction -> {
            fence(transaction);
            return work.apply(transaction);
        });
    }

    /** As {@link #transact}, without a result. */
    public void run(Consumer<Handle> work) {
        transact(transaction -> {
            work.accept(transaction);
            return null;
        });
    }

    /** Ends the job as succeeded, together with its last effects. */
    public void succeed(Consumer<Handle> effects) {
        run(transaction -> {
            effects.accept(transaction);
            end(transaction, "succeeded", null);
        });
        ended = true;
    }

    /**
     * Ends jobs as succeeded; see {@link SharedEndings}.
     *
     * @throws LeaseLostException if one of the leases no longer holds
     */
    static void succeed(Handle transaction, List<JobLease> leases) {
        requireAll(leases, transaction.createQuery("""
                        update job j set state = 'succeeded', reason = null, lease_until = null, owner = null,
                                         updated_at = clock_timestamp()
                        from unnest(:ids::text[], :leases::bigint[]) as mine (id, lease)
                        where j.id = mine.id and j.lease = mine.lease and j.state = 'leased'
                        returning j.id, j.lease, set_config('idle_in_transaction_session_timeout', :silence, true)
                        """));
    }

    void hasEnded() {
        ended = true;
    }

    /**
     * Gives the job back to the queue, together with its last effects; that is no failure.
     *
     * @param effects returns how long nobody takes the job
     */
    public void putBack(Function<Handle, Duration> effects) {
        run(transaction -> transaction
                .createUpdate("""
                        update job set state = 'queued', lease_until = null, owner = null,
                                       not_before = clock_timestamp() + :delay * interval '1 millisecond',
                                       updated_at = clock_timestamp()
                        where id = :id and lease = :lease
                        """)
                .bind("delay", effects.apply(transaction).toMillis())
                .bind("id", job.id())
                .bind("lease", number)
                .execute());
        ended = true;
    }

    /** Whether the service is about to stop: save what can be saved and call {@link #checkDraining()}. */
    public boolean draining() {
        return draining;
    }

    /** @throws DrainingException if the service is about to stop; the job goes back to the queue */
    public void checkDraining() {
        if (draining) {
            throw new DrainingException();
        }
    }

    /** @throws JobCancelledException if somebody asked to stop the job */
    public void checkCancelled() {
        if (lost) {
            throw new LeaseLostException(job.id(), number);
        }
        if (cancellation != null) {
            throw new JobCancelledException(cancellation);
        }
    }

    boolean ended() {
        return ended;
    }

    void end(Handle transaction, String state, String reason) {
        transaction
                .createUpdate("""
                        update job set state = :state, reason = :reason, lease_until = null, owner = null,
                                       updated_at = clock_timestamp()
                        where id = :id and lease = :lease
                        """)
                .bind("id", job.id())
                .bind("lease", number)
                .bind("state", state)
                .bind("reason", reason)
                .execute();
    }

    void fence(Handle transaction) {
        fence(transaction, List.of(this));
    }

    /**
     * Keeps leases from ending until the transaction does.
     *
     * @throws LeaseLostException if one of them no longer holds
     */
    static void fence(Handle transaction, List<JobLease> leases) {
        requireAll(leases, transaction.createQuery("""
                        select j.id, j.lease, set_config('idle_in_transaction_session_timeout', :silence, true) from job j
                        join unnest(:ids::text[], :leases::bigint[]) as mine (id, lease) using (id, lease)
                        where j.state = 'leased' for update of j
                        """));
    }

    /**
     * Locks the jobs.
     *
     * @param query of {@code ids} and {@code leases}; returns id and lease of those that hold, and limits the
     *     {@code silence} of the transaction: a replica that is frozen now would keep the rows locked, and with them
     *     the jobs from everybody
     */
    private static void requireAll(List<JobLease> leases, Query query) {
        Set<Map.Entry<String, Long>> held = query.bind(
                        "ids", leases.stream().map(lease -> lease.job.id()).toArray(String[]::new))
                .bind("leases", leases.stream().map(JobLease::number).toArray(Long[]::new))
                .bind("silence", Long.toString(leases.getFirst().silence.toMillis()))
                .map((row, context) -> Map.entry(row.getString("id"), row.getLong("lease")))
                .set();
        for (JobLease lease : leases) {
            if (!held.contains(Map.entry(lease.job.id(), lease.number))) {
                lease.lost = true;
                throw new LeaseLostException(lease.job.id(), lease.number);
            }
        }
    }

    void cancel(String reason) {
        if (cancellation == null) {
            cancellation = reason;
            if (interruptible) {
                thread.interrupt();
            }
        }
    }

    void drain() {
        draining = true;
        if (interruptible) {
            thread.interrupt();
        }
    }

    void lose() {
        lost = true;
        if (interruptible) {
            thread.interrupt();
        }
    }

    boolean cancelled() {
        return cancellation != null;
    }

    boolean isLost() {
        return lost;
    }
}
