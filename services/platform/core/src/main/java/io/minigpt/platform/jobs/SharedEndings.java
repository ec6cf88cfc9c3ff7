package io.minigpt.platform.jobs;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.database.SharedTransactions;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Ends jobs that end at the same time in one transaction, for handlers whose last effects change the same rows.
 *
 * @param <T> what has to be known of a job for its last effects
 */
public final class SharedEndings<T> {

    private record Ending<T>(JobLease lease, T result) {}

    private final SharedTransactions<Ending<T>, Ending<T>> transactions;

    /** @param effects of the jobs that end together */
    public SharedEndings(Database database, BiConsumer<Handle, List<T>> effects) {
        this.transactions = SharedTransactions.writing(database, (transaction, endings) -> {
            JobLease.succeed(transaction, endings.stream().map(Ending::lease).toList());
            effects.accept(transaction, endings.stream().map(Ending::result).toList());
            return endings;
        });
    }

    /**
     * Ends a job as succeeded, together with its last effects.
     *
     * @throws LeaseLostException if the lease no longer holds
     */
    public void succeed(JobLease lease, T result) {
        transactions.run(new Ending<>(lease, result));
        lease.hasEnded();
    }
}
