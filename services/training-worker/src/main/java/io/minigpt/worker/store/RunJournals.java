package io.minigpt.worker.store;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Measurements;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.worker.EvaluationJournal;
import io.minigpt.worker.TrainingJournal;
import io.minigpt.worker.WorkerName;
import jakarta.enterprise.context.ApplicationScoped;

/** The journals of this worker's runs. */
@ApplicationScoped
class RunJournals {

    private final CheckpointStore checkpoints;
    private final ArtifactStore artifacts;
    private final Outbox outbox;
    private final Measurements measurements;
    private final Database database;
    private final RunControl control;
    private final String worker;

    RunJournals(
            CheckpointStore checkpoints,
            ArtifactStore artifacts,
            Outbox outbox,
            Measurements measurements,
            Database database,
            RunControl control,
            WorkerName name) {
        this.checkpoints = checkpoints;
        this.artifacts = artifacts;
        this.outbox = outbox;
        this.measurements = measurements;
        this.database = database;
        this.control = control;
        this.worker = name.value();
    }

    TrainingJournal training(JobLease lease, TrainingRequested request) {
        PauseWatch pause = new PauseWatch(database, control, request.getRunId());
        return new LeasedTraining(lease, request, worker, checkpoints, outbox, measurements, pause);
    }

    EvaluationJournal evaluation(JobLease lease, EvaluationRequested request) {
        return new LeasedEvaluation(lease, request, worker, artifacts, outbox);
    }
}
