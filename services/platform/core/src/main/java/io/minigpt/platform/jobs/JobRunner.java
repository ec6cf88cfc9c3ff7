package io.minigpt.platform.jobs;

import io.minigpt.platform.database.CommitListener;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Signal;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Leases jobs and runs each on a virtual thread, as many of a kind as its handler has slots; renews the leases; on
 * shutdown lets running jobs save themselves and hands them back.
 */
@ApplicationScoped
public class JobRunner implements CommitListener {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);
    private static final int MAX_BACKOFF_DOUBLINGS = 8;
    /** Lets jobs that end shortly after one another be followed by as many new ones at once. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(25);

    private final Database database;
    private final JobStore store;
    private final JobsConfig config;
    private final List<JobHandler> handlers;
    private final String owner = ManagementFactory.getRuntimeMXBean().getName();
    private final Signal signal = new Signal(BETWEEN_ROUNDS);
    private final Map<String, JobLease> running = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private Thread leasing;
    private Thread renewing;

    JobRunner(Database database, JobStore store, JobsConfig config, @All List<JobHandler> handlers) {
        this.database = database;
        this.store = store;
        this.config = config;
        this.handlers = handlers;
    }

    @Override
    public void committed() {
        signal.raise();
    }

    void start(@Observes StartupEvent event) {
        if (handlers.isEmpty()) {
            return;
        }
        leasing = Thread.ofPlatform().name("job-leasing").start(this::leaseJobs);
        renewing = Thread.ofPlatform().name("job-renewal").start(this::renewLeases);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (handlers.isEmpty()) {
            return;
        }
        stopping = true;
        signal.raise();
        leasing.join();
        running.values().forEach(JobLease::drain);
        Instant deadline = Instant.now().plus(config.drain());
        for (Thread thread : threads.values()) {
            Duration left = Duration.between(Instant.now(), deadline);
            if (left.isPositive()) {
                thread.join(left);
            }
        }
        renewing.interrupt();
        renewing.join();
        running.forEach((id, lease) -> LOG.warnf("job %s did not stop in time; its lease will run out", id));
    }

    private void leaseJobs() {
        while (!stopping) {
            try {
                boolean found = false;
                for (JobHandler handler : handlers) {
                    found |= leaseFor(handler);
                }
                if (!found) {
                    signal.await(config.poll());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warnf("cannot lease jobs: %s; trying again", e.getMessage());
                pause();
            }
        }
    }

    private boolean leaseFor(JobHandler handler) {
        long busy = running.values().stream()
                .filter(lease -> lease.job().kind().equals(handler.kind()))
                .count();
        int free = (int) (handler.slots() - busy);
        if (free <= 0) {
            return false;
        }
        List<JobStore.Leased> leased = store.lease(handler.kind(), free, owner, config.lease(), handler.selection());
        leased.forEach(job -> launch(handler, job));
        return leased.size() == free;
    }

    private void launch(JobHandler handler, JobStore.Leased leased) {
        // a job may come back to this replica while its lost lease still winds down, so the lease is part of the key
        String key = leased.job().id() + "#" + leased.lease();
        Thread thread = Thread.ofVirtual().name("job-" + key).unstarted(() -> execute(handler, key));
        running.put(
                key,
                new JobLease(
                        database,
                        leased.job(),
                        leased.lease(),
                        JobStore.silence(config.lease()),
                        thread,
                        handler.interruptible()));
        threads.put(key, thread);
        thread.start();
    }

    private void execute(JobHandler handler, String key) {
        JobLease lease = running.get(key);
        try {
            handler.run(lease);
            if (!lease.ended()) {
                lease.succeed(transaction -> {});
            }
        } catch (Throwable e) {
            settle(handler, lease, e);
        } finally {
            running.remove(key);
            threads.remove(key);
            signal.raise();
        }
    }

    /** Decides what becomes of a job whose handler threw. */
    private void settle(JobHandler handler, JobLease lease, Throwable e) {
        String id = lease.job().id();
        // a cancelled or drained handler may end with any exception, often that of the interrupt
        Thread.interrupted();
        try {
            if (e instanceof LeaseLostException || lease.isLost()) {
                LOG.warnf("job %s: another replica has taken it over", id);
            } else if (e instanceof JobCancelledException || lease.cancelled()) {
                end(lease, "cancelled", e.getMessage(), handler);
            } else if (e instanceof DrainingException || lease.draining()) {
                store.release(lease, 0, Duration.ZERO, "handed back by a stopping replica");
            } else if (e instanceof PermanentFailureException || e instanceof Error) {
                LOG.errorf(e, "job %s failed for good", id);
                end(lease, "failed", describe(e), handler);
            } else {
                retryOrGiveUp(handler, lease, e);
            }
        } catch (LeaseLostException lost) {
            LOG.warnf("job %s: another replica has taken it over", id);
        } catch (RuntimeException unsettled) {
            LOG.errorf(unsettled, "job %s: its end could not be written; its lease will run out", id);
        }
    }

    private void retryOrGiveUp(JobHandler handler, JobLease lease, Throwable e) {
        String id = lease.job().id();
        int failures = store.failures(id) + 1;
        if (failures >= config.maxFailures()) {
            LOG.errorf(e, "job %s failed %d times and is given up", id, failures);
            end(lease, "failed", describe(e), handler);
        } else {
            LOG.warnf(e, "job %s failed (%d of %d); trying again", id, failures, config.maxFailures());
            Duration delay = config.backoff().multipliedBy(1L << Math.min(failures - 1, MAX_BACKOFF_DOUBLINGS));
            store.release(lease, 1, delay, describe(e));
        }
    }

    private void end(JobLease lease, String state, String reason, JobHandler handler) {
        lease.run(transaction -> {
            lease.end(transaction, state, reason);
            if (state.equals("failed")) {
                handler.failed(transaction, lease.job(), reason);
            } else {
                handler.cancelled(transaction, lease.job(), reason);
            }
        });
    }

    private void renewLeases() {
        Instant pruned = Instant.EPOCH;
        while (true) {
            try {
                Thread.sleep(config.lease().dividedBy(3));
                renew();
                if (Instant.now().isAfter(pruned.plus(PRUNE_EVERY))) {
                    store.prune(config.retention());
                    pruned = Instant.now();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("cannot renew leases: %s; trying again", e.getMessage());
            }
        }
    }

    private void renew() {
        List<JobLease> leases = List.copyOf(running.values());
        if (leases.isEmpty()) {
            return;
        }
        Map<String, Optional<String>> held = store.renew(leases, config.lease());
        for (JobLease lease : leases) {
            Optional<String> cancellation = held.get(lease.job().id());
            if (cancellation == null) {
                // an ended lease is not held either, and its thread may not have left yet
                if (!lease.ended()) {
                    lease.lose();
                }
            } else {
                cancellation.ifPresent(lease::cancel);
            }
        }
    }

    private void pause() {
        try {
            signal.await(config.backoff());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(Throwable e) {
        boolean plain = e instanceof RuntimeException && e.getMessage() != null;
        return plain ? e.getMessage() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
