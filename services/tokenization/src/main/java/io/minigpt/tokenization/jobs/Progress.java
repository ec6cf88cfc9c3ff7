package io.minigpt.tokenization.jobs;

import io.minigpt.platform.jobs.JobLease;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.files.WriteListener;
import io.minigpt.tokenization.files.WrittenEntry;
import io.minigpt.tokenization.store.DatasetRecords;
import io.minigpt.tokenization.store.FreezeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes what a freeze has written, tells now and then how far it is, and stops it when it is cancelled or the service
 * ends.
 */
final class Progress implements WriteListener {

    /** Rows that are added to the table together. */
    private static final int ROWS = 4096;

    private final JobLease lease;
    private final FreezeStore freezes;
    private final DatasetRecords records;
    private final FreezeEvents events;
    private final long total;
    private final Duration interval;
    private final List<WrittenEntry> unnoted = new ArrayList<>();
    private long freeze;
    private long last = System.nanoTime();

    Progress(
            JobLease lease,
            FreezeStore freezes,
            DatasetRecords records,
            FreezeEvents events,
            long total,
            Duration interval) {
        this.lease = lease;
        this.freezes = freezes;
        this.records = records;
        this.events = events;
        this.total = total;
        this.interval = interval;
    }

    void started(Freeze request) {
        lease.run(transaction -> {
            freeze = records.freeze(transaction, request.runId());
            // of an attempt that ended early
            records.remove(transaction, request.runId());
            freezes.progress(transaction, request.runId(), total, 0);
            events.started(transaction, lease.job(), request, total);
        });
    }

    @Override
    public void written(List<WrittenEntry> entries, long done) {
        lease.checkCancelled();
        lease.checkDraining();
        unnoted.addAll(entries);
        long now = System.nanoTime();
        boolean tell = done == total || now - last >= interval.toNanos();
        if (!tell && unnoted.size() < ROWS) {
            return;
        }
        lease.run(transaction -> {
            records.add(transaction, freeze, unnoted);
            if (tell) {
                freezes.progress(transaction, lease.job().id(), total, done);
                events.progressed(transaction, lease.job(), total, done);
            }
        });
        unnoted.clear();
        if (tell) {
            last = now;
        }
    }
}
