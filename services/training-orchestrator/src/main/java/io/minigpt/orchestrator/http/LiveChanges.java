package io.minigpt.orchestrator.http;

import io.minigpt.platform.database.CommitListener;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the live streams of this replica when it commits; what other replicas commit they find by looking again. */
@ApplicationScoped
class LiveChanges implements CommitListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long commits;
    private boolean stopping;

    /** A stopping server waits for open requests, and a live stream would keep it waiting to the last moment. */
    void endStreamsAtExit(@Observes StartupEvent event) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "live-streams-end"));
    }

    @Override
    public void committed() {
        locked(() -> commits++);
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** The number of commits now, to be passed to {@link #await}. */
    long count() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a commit after the one counted, for the end of the server, or for the time to pass. */
    void await(long seen, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (commits == seen && !stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, but not beyond the end of the server. */
    void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(time.toMillis());
            while (!stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        locked(() -> stopping = true);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
