package io.minigpt.platform.jobs;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.database.SharedTransactions;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * Does what several jobs want at the same time in one transaction in which all their leases are known to hold.
 *
 * @param <T> what a job wants
 * @param <R> what comes of it
 */
public final class SharedSteps<T, R> {

    private record Step<T>(JobLease lease, T item) {}

    private final SharedTransactions<Step<T>, R> transactions;

    /** @param work does what the jobs want and returns what comes of each, in their order */
    public SharedSteps(Database database, BiFunction<Handle, List<T>, List<R>> work) {
        this.transactions = SharedTransactions.writing(database, (transaction, steps) -> {
            JobLease.fence(transaction, steps.stream().map(Step::lease).toList());
            return work.apply(transaction, steps.stream().map(Step::item).toList());
        });
    }

    /**
     * Does what a job wants.
     *
     * @throws LeaseLostException if the lease no longer holds
     */
    public R run(JobLease lease, T item) {
        return transactions.run(new Step<>(lease, item));
    }
}
