package io.minigpt.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Runs the work of many threads in few transactions: what comes while one commits goes together into the next. Threads
 * that need the same rows then wait for one commit and not each for those of all before, and while they wait they hold
 * no connection. Work that throws takes back only what it did itself.
 */
public final class SharedTransactions {

    /** Bounds what is lost when a transaction fails as a whole. */
    private static final int MOST_TOGETHER = 64;

    private static final String BEFORE = "before_this_work";

    /** Work with how it ended. */
    private static final class Task {

        private final Consumer<Handle> work;
        private boolean ended;
        private Throwable failure;

        Task(Consumer<Handle> work) {
            this.work = work;
        }

        void run(Handle transaction) {
            transaction.savepoint(BEFORE);
            try {
                failure = null;
                work.accept(transaction);
                transaction.releaseSavepoint(BEFORE);
            } catch (RuntimeException | Error e) {
                if (Database.worthRepeating(e)) {
                    throw e;
                }
                transaction.rollbackToSavepoint(BEFORE);
                failure = e;
            }
        }
    }

    private final Database database;
    private final ConcurrentLinkedQueue<Task> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    public SharedTransactions(Database database) {
        this.database = database;
    }

    /**
     * Runs the work in a transaction and returns when it has committed. As in {@link Database#transact} it may be run
     * again, so it must have no effect outside the database.
     */
    public void run(Consumer<Handle> work) {
        Task task = new Task(work);
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
        List<Task> together = new ArrayList<>();
        for (Task next; together.size() < MOST_TOGETHER && (next = waiting.poll()) != null; ) {
            together.add(next);
        }
        try {
            database.run(transaction -> together.forEach(task -> task.run(transaction)));
        } catch (RuntimeException | Error e) {
            // whoever waits has to be told, whatever it is
            together.forEach(task -> task.failure = e);
        }
        together.forEach(task -> task.ended = true);
    }
}
