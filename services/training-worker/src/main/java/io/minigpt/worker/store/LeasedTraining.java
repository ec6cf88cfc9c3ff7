package io.minigpt.worker.store;

import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.platform.events.Measurements;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.worker.CheckpointRetention;
import io.minigpt.worker.NewCheckpoint;
import io.minigpt.worker.StoredCheckpoint;
import io.minigpt.worker.TrainingJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The journal of a training run as rows, files and events under one lease. */
final class LeasedTraining implements TrainingJournal {

    private final JobLease lease;
    private final TrainingRequested request;
    private final String worker;
    private final CheckpointStore checkpoints;
    private final Outbox outbox;
    private final Measurements measurements;
    private final PauseWatch pause;

    LeasedTraining(
            JobLease lease,
            TrainingRequested request,
            String worker,
            CheckpointStore checkpoints,
            Outbox outbox,
            Measurements measurements,
            PauseWatch pause) {
        this.lease = lease;
        this.request = request;
        this.worker = worker;
        this.checkpoints = checkpoints;
        this.outbox = outbox;
        this.measurements = measurements;
        this.pause = pause;
    }

    @Override
    public List<StoredCheckpoint> checkpoints() {
        return checkpoints.of(lease);
    }

    @Override
    public void started(TrainingStarted.Builder started) {
        TrainingStarted event = started.setRunId(request.getRunId())
                .setLease(lease.number())
                .setWorker(worker)
                .build();
        lease.run(transaction -> RunEvents.publish(outbox, transaction, lease.job(), event));
    }

    @Override
    public void measured(StepMeasured.Builder measured) {
        measurements.send(
                request.getRunId(),
                lease.job().correlationId(),
                measured.setRunId(request.getRunId()).setLease(lease.number()).build());
    }

    @Override
    public void checkpointed(Path folder, NewCheckpoint written) throws IOException {
        checkpoints.add(lease, folder, written, (transaction, checkpoint) -> {
            // one that only serves to go on from has no measurements to tell of
            if (written.scheduled()) {
                TrainingCheckpointed event = TrainingCheckpointed.newBuilder()
                        .setRunId(request.getRunId())
                        .setLease(lease.number())
                        .setCheckpoint(checkpoint)
                        .addAllSamples(written.examination().samples())
                        .build();
                RunEvents.publish(outbox, transaction, lease.job(), event);
            }
        });
    }

    @Override
    public void finished(TrainingFinished.Builder finished, CheckpointSelection selection) throws IOException {
        Job job = lease.job();
        List<StoredCheckpoint> left = new ArrayList<>();
        List<StoredCheckpoint> forgotten = new ArrayList<>();
        lease.succeed(transaction -> {
            List<StoredCheckpoint> all = CheckpointTable.of(transaction, job.id());
            List<StoredCheckpoint> kept = CheckpointRetention.keep(all, 1);
            left.clear();
            left.addAll(kept);
            forgotten.clear();
            forgotten.addAll(CheckpointStore.forget(transaction, job.id(), all, kept));
            TrainingFinished event = RunEvents.finished(finished.clone(), request, lease.number())
                    .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                    .addAllCheckpoints(CheckpointRetention.finished(kept, selection))
                    .build();
            RunEvents.publish(outbox, transaction, job, event);
        });
        checkpoints.remove(forgotten);
        checkpoints.removeStrays(lease, left);
    }

    @Override
    public void checkCancelled() {
        lease.checkCancelled();
    }

    @Override
    public boolean pausing() {
        return pause.asked();
    }

    @Override
    public void paused(long step) {
        lease.putBack(transaction -> pause.reason(transaction)
                .map(reason -> {
                    TrainingPaused event = TrainingPaused.newBuilder()
                            .setRunId(request.getRunId())
                            .setLease(lease.number())
                            .setStep(step)
                            .setReason(reason)
                            .build();
                    RunEvents.publish(outbox, transaction, lease.job(), event);
                    return RunQueue.PAUSED;
                })
                // resumed in the last moment
                .orElse(Duration.ZERO));
    }

    @Override
    public boolean draining() {
        return lease.draining();
    }

    @Override
    public void handBack() {
        lease.run(transaction -> RunEvents.publish(
                outbox,
                transaction,
                lease.job(),
                RunEvents.queued(request.getRunId(), lease.number(), "its worker " + worker + " stops")));
        lease.checkDraining();
    }
}
