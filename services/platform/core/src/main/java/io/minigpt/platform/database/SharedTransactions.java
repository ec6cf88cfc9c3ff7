package io.minigpt.platform.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Does what many threads want in few rounds: what comes during a round, or shortly after it began, goes together into the
 * next, where one statement serves all of it. Threads that need the same rows then wait for one commit and not each for
 * those of all before, and while they wait they hold no connection. If a round fails, each of its items is tried alone.
 *
 * @param <T> what a thread wants
 * @param <R> what comes of it
 */
public final class SharedTransactions<T, R> {

    /** Bounds what is done twice when a round fails. */
    private static final int MOST_TOGETHER = 64;

    /** The least time between the beginnings of two rounds, in which items gather; one that comes later does not wait. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(10);

    /** What a thread wants, with how it ended. */
    private static final class Task<T, R> {

        private final T item;
        private boolean ended;
        private R result;
        private Throwable failure;

        Task(T item) {
            this.item = item;
        }
    }

    private final Database database;
    private final Function<List<T>, List<R>> round;
    private final ConcurrentLinkedQueue<Task<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private long next = System.nanoTime();

    private SharedTransactions(Database database, Function<List<T>, List<R>> round) {
        this.database = database;
        this.round = round;
    }

    /**
     * Each round is one transaction.
     *
     * @param work does all items in the transaction and returns what comes of each, in their order. As in
     *     {@link Database#transact} it may be run again, so it must have no effect outside the database
     */
    public static <T, R> SharedTransactions<T, R> writing(
            Database database, BiFunction<Handle, List<T>, List<R>> work) {
        return new SharedTransactions<>(
                database, items -> database.transact(transaction -> work.apply(transaction, items)));
    }

    /**
     * Each statement is a transaction of its own, as in {@link Database#singly}.
     *
     * @param work reads what all items want and returns it in their order
     */
    public static <T, R> SharedTransactions<T, R> reading(
            Database database, BiFunction<Handle, List<T>, List<R>> work) {
        return new SharedTransactions<>(database, items -> database.singly(handle -> work.apply(handle, items)));
    }

    /** Returns what comes of the item when that is done and committed; throws what the work threw for it. */
    public R run(T item) {
        Task<T, R> task = new Task<>(item);
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
        return switch (task.failure) {
            case null -> task.result;
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(task.failure);
        };
    }

    private void runWaiting() {
        // an interrupted thread does not wait, which costs nothing but a smaller round
        LockSupport.parkNanos(next - System.nanoTime());
        next = System.nanoTime() + BETWEEN_ROUNDS.toNanos();
        List<Task<T, R>> together = new ArrayList<>();
        for (Task<T, R> first; together.size() < MOST_TOGETHER && (first = waiting.poll()) != null; ) {
            together.add(first);
        }
        attempt(together);
        boolean failed = together.getFirst().failure != null;
        if (failed && together.size() > 1 && database.answers()) {
            together.forEach(task -> attempt(List.of(task)));
        }
        together.forEach(task -> task.ended = true);
    }

    private void attempt(List<Task<T, R>> tasks) {
        Throwable failure = null;
        try {
            List<R> results = round.apply(tasks.stream().map(task -> task.item).toList());
            for (int i = 0; i < tasks.size(); i++) {
                tasks.get(i).result = results.get(i);
            }
        } catch (RuntimeException | Error e) {
            // whoever waits has to be told, whatever it is
            failure = e;
        }
        for (Task<T, R> task : tasks) {
            task.failure = failure;
        }
    }
}
