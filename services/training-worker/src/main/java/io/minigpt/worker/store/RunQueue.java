package io.minigpt.worker.store;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.worker.StoredCheckpoint;
import io.minigpt.worker.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** The queue that all workers of this database share. */
@ApplicationScoped
public class RunQueue {

    /** How long nobody takes a paused run, unless it is resumed. */
    static final Duration PAUSED = Duration.ofDays(36_500);

    private static final Logger LOG = Logger.getLogger(RunQueue.class);

    private final JobQueue jobs;
    private final RunControl control;
    private final Outbox outbox;

    RunQueue(JobQueue jobs, RunControl control, Outbox outbox) {
        this.jobs = jobs;
        this.control = control;
        this.outbox = outbox;
    }

    /** Queues a run unless one with its id was queued before. @param cause the event that asks for it */
    public void submit(Handle transaction, String runId, int priority, Work work, Event<?> cause) {
        Job job = new Job(runId, Work.JOB_KIND, priority, work.toBytes(), cause.correlationId(), cause.id(), List.of());
        if (!jobs.submit(transaction, job)) {
            LOG.infof("run %s was requested before; it is not queued again", runId);
        }
    }

    /**
     * Holds a training run back: one that waits at once, one in progress as soon as its worker has saved it. A run that
     * has ended stays as it is.
     *
     * @throws RefusedEventException if it is an evaluation
     */
    public void pause(Handle transaction, String runId, String reason) {
        Optional<RunControl.RunRow> row = control.lock(transaction, runId);
        if (row.isEmpty() || !List.of("queued", "leased").contains(row.get().state())) {
            LOG.infof("run %s is not under way and cannot be paused", runId);
            return;
        }
        Job run = jobs.find(transaction, runId).orElseThrow();
        if (Work.of(run.payload()) instanceof Work.Evaluation) {
            throw new RefusedEventException("run " + runId + " is an evaluation, which keeps no checkpoint; cancel it");
        }
        control.pause(transaction, runId, reason);
        if (row.get().state().equals("queued")) {
            jobs.postpone(transaction, List.of(runId), PAUSED);
            List<StoredCheckpoint> stored = CheckpointTable.of(transaction, runId);
            TrainingPaused event = TrainingPaused.newBuilder()
                    .setRunId(runId)
                    .setLease(row.get().lease())
                    .setStep(stored.isEmpty() ? 0 : stored.getLast().step())
                    .setReason(reason)
                    .build();
            RunEvents.publish(outbox, transaction, run, event);
        }
    }

    /** Lets a run go on that is paused or about to be. */
    public void resume(Handle transaction, String runId, String reason) {
        Optional<RunControl.RunRow> row = control.lock(transaction, runId);
        if (row.isEmpty() || !control.goOn(transaction, runId)) {
            LOG.infof("run %s is not paused and cannot be resumed", runId);
        } else if (row.get().state().equals("queued")) {
            jobs.hasten(transaction, List.of(runId));
            queued(transaction, runId, row.get().lease(), reason);
        }
    }

    /** Goes on with a failed or cancelled training run from its newest checkpoint. */
    public void retry(Handle transaction, TrainingRequested request, String reason, Event<?> cause) {
        String runId = request.getRunId();
        if (jobs.find(transaction, runId).isEmpty()) {
            submit(transaction, runId, request.getPriority(), new Work.Training(request), cause);
            return;
        }
        OptionalLong lease = jobs.again(transaction, runId);
        if (lease.isPresent()) {
            control.retried(transaction, runId, lease.getAsLong());
            queued(transaction, runId, lease.getAsLong(), reason);
        } else {
            LOG.infof("run %s has not failed and is not tried again", runId);
        }
    }

    private void queued(Handle transaction, String runId, long lease, String reason) {
        Job run = jobs.find(transaction, runId).orElseThrow();
        RunEvents.publish(outbox, transaction, run, RunEvents.queued(runId, lease, reason));
    }
}
