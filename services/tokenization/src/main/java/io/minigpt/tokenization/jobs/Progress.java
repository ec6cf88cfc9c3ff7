package io.minigpt.tokenization.jobs;

import io.minigpt.platform.jobs.JobLease;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.store.FreezeStore;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Tells now and then how far a freeze is, and stops it when it is cancelled or the service ends. */
final class Progress implements LongConsumer {

    private final JobLease lease;
    private final FreezeStore freezes;
    private final FreezeEvents events;
    private final long total;
    private final Duration interval;
    private long last = System.nanoTime();

    Progress(JobLease lease, FreezeStore freezes, FreezeEvents events, long total, Duration interval) {
        this.lease = lease;
        this.freezes = freezes;
        this.events = events;
        this.total = total;
        this.interval = interval;
    }

    void started(Freeze freeze) {
        lease.run(transaction -> {
            freezes.progress(transaction, freeze.runId(), total, 0);
            events.started(transaction, lease.job(), freeze, total);
        });
    }

    @Override
    public void accept(long done) {
        lease.checkCancelled();
        lease.checkDraining();
        long now = System.nanoTime();
        if (done == total || now - last >= interval.toNanos()) {
            last = now;
            lease.run(transaction -> {
                freezes.progress(transaction, lease.job().id(), total, done);
                events.progressed(transaction, lease.job(), total, done);
            });
        }
    }
}
