package io.minigpt.worker.store;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.worker.EvaluationJournal;
import io.minigpt.worker.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The journal of an evaluation as events under one lease. */
final class LeasedEvaluation implements EvaluationJournal {

    private static final Duration PROGRESS_EVERY = Duration.ofMillis(500);

    private final JobLease lease;
    private final EvaluationRequested request;
    private final String worker;
    private final ArtifactStore artifacts;
    private final Outbox outbox;
    private long progressAfter = System.nanoTime();

    LeasedEvaluation(
            JobLease lease, EvaluationRequested request, String worker, ArtifactStore artifacts, Outbox outbox) {
        this.lease = lease;
        this.request = request;
        this.worker = worker;
        this.artifacts = artifacts;
        this.outbox = outbox;
    }

    @Override
    public void started(long items) {
        EvaluationStarted event = EvaluationStarted.newBuilder()
                .setRunId(request.getRunId())
                .setLease(lease.number())
                .setWorker(worker)
                .setItemsTotal(items)
                .build();
        lease.run(transaction -> RunEvents.publish(outbox, transaction, lease.job(), event));
    }

    @Override
    public void progressed(long done, long items) {
        long now = System.nanoTime();
        if (now < progressAfter && done < items) {
            return;
        }
        progressAfter = now + PROGRESS_EVERY.toNanos();
        EvaluationProgressed event = EvaluationProgressed.newBuilder()
                .setRunId(request.getRunId())
                .setItemsDone(done)
                .setItemsTotal(items)
                .build();
        lease.run(transaction -> RunEvents.publish(outbox, transaction, lease.job(), event));
    }

    @Override
    public void finished(List<Metric> metrics, Path answers) throws IOException {
        Artifact stored = artifacts.put(RunFiles.answers(request.getRunId(), lease.number()), answers);
        EvaluationFinished event = RunEvents.finished(EvaluationFinished.newBuilder(), request)
                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                .addAllMetrics(metrics)
                .setAnswers(stored)
                .build();
        lease.succeed(transaction -> RunEvents.publish(outbox, transaction, lease.job(), event));
    }

    @Override
    public void checkStop() {
        lease.checkCancelled();
        lease.checkDraining();
    }
}
