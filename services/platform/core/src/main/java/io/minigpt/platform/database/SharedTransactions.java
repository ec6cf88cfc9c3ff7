package io.minigpt.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Does what many threads want in few transactions: what comes while one commits goes together into the next, where one
 * statement serves all of it. Threads that need the same rows then wait for one commit and not each for those of all
 * before, and while they wait they hold no connection. If a transaction fails, each of its items is tried alone.
 */
public final class SharedTransactions<T> {

    /** Bounds what is done twice when a transaction fails. */
    private static final int MOST_TOGETHER = 64;

    /** What a thread wants, with how it ended. */
    private static final class Task<T> {

        private final T item;
        private boolean ended;
        private Throwable failure;

        Task(T item) {
            this.item = item;
        }
    }

    private final Database database;
    private final BiConsumer<Handle, List<T>> work;
    private final ConcurrentLinkedQueue<Task<T>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * @param work does all items in the transaction. As in {@link Database#transact} it may be run again, so it must have
     *     no effect outside the database
     */
    public SharedTransactions(Database database, BiConsumer<Handle, List<T>> work) {
        this.database = database;
        this.work = work;
    }

    /** Returns when the item is done and committed; throws what the work threw for it. */
    public void run(T item) {
        Task<T> task = new Task<>(item);
        waiting.add(task);
        turn.lock();
        try {
            // whoever had the turn before may have done it
            while (!task.ended) {
                runWaiting();
            }
        } finally {
            turn.unlock();
        }
        switch (task.failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(task.failure);
        }
    }

    private void runWaiting() {
        List<Task<T>> together = new ArrayList<>();
        for (Task<T> next; together.size() < MOST_TOGETHER && (next = waiting.poll()) != null; ) {
            together.add(next);
        }
        attempt(together);
        boolean failed = together.getFirst().failure != null;
        if (failed && together.size() > 1 && database.answers()) {
            together.forEach(task -> attempt(List.of(task)));
        }
        together.forEach(task -> task.ended = true);
    }

    private void attempt(List<Task<T>> tasks) {
        Throwable failure = null;
        try {
            List<T> items = tasks.stream().map(task -> task.item).toList();
            database.run(transaction -> work.accept(transaction, items));
        } catch (RuntimeException | Error e) {
            // whoever waits has to be told, whatever it is
            failure = e;
        }
        for (Task<T> task : tasks) {
            task.failure = failure;
        }
    }
}
