package io.minigpt.platform.jobs;

import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Does the jobs of one kind. Implementations are beans; each job runs on a virtual thread of its own. */
public interface JobHandler {

    /** Kind of the jobs it does. */
    String kind();

    /** How many of them one replica does at a time. */
    default int slots() {
        return 1;
    }

    /** Which jobs this replica takes, the others wait for another replica; empty for all. */
    default Optional<Predicate<Job>> selection() {
        return Optional.empty();
    }

    /** Whether cancelling interrupts the thread; otherwise the handler asks {@link JobLease#checkCancelled()}. */
    default boolean interruptible() {
        return false;
    }

    /**
     * Does the job. It must give the same result when it is done again from the start or from what an earlier lease
     * wrote. Everything that it writes goes through its {@link JobLease}; when it returns without having called
     * {@link JobLease#succeed}, the job has succeeded.
     *
     * @throws PermanentFailureException if trying again cannot help
     * @throws Exception to be tried again after a while, a bounded number of times
     */
    void run(JobLease lease) throws Exception;

    /** Tells the world that the job was given up, in the transaction that says so. */
    void failed(Handle transaction, Job job, String reason);

    /** Tells the world that the job was cancelled, in the transaction that says so. */
    void cancelled(Handle transaction, Job job, String reason);
}
