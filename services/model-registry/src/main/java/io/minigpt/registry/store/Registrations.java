package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.registry.Metrics;
import io.minigpt.registry.ModelStage;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.DatasetReference;
import io.minigpt.registry.RegisteredVersion.Provenance;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes every checkpoint that a training run kept a version of its model. */
@ApplicationScoped
public class Registrations {

    private final VersionStore versions;
    private final LineageStore lineage;
    private final Outbox outbox;

    public Registrations(VersionStore versions, LineageStore lineage, Outbox outbox) {
        this.versions = versions;
        this.lineage = lineage;
        this.outbox = outbox;
    }

    /** Registers the checkpoints of a run that succeeded, in the order of their steps, each once. */
    public void register(Handle transaction, Event<TrainingFinished> event) {
        TrainingFinished run = event.data();
        if (run.getOutcome() != Outcome.OUTCOME_SUCCEEDED) {
            return;
        }
        if (run.getModel().isEmpty()) {
            throw new RefusedEventException("run " + run.getRunId() + " names no model");
        }
        lineage.used(transaction, run.getDataset());
        Optional<Long> parameters = lineage.parameters(transaction, run.getRunId());
        List<Checkpoint> checkpoints = run.getCheckpointsList().stream()
                .sorted(Comparator.comparingLong(Checkpoint::getStep))
                .toList();
        for (Checkpoint checkpoint : checkpoints) {
            if (!versions.knows(transaction, run.getRunId(), checkpoint.getStep())) {
                register(transaction, event, checkpoint, parameters);
            }
        }
    }

    private void register(
            Handle transaction, Event<TrainingFinished> event, Checkpoint checkpoint, Optional<Long> parameters) {
        TrainingFinished run = event.data();
        ModelStage stage = stage(run);
        ModelVersion message = ModelVersion.newBuilder()
                .setModel(run.getModel())
                .setVersion(versions.nextNumber(transaction, run.getModel()))
                .setStage(stage.message())
                .addAllFiles(checkpoint.getFilesList())
                .build();
        Instant now = Columns.now(transaction);
        RegisteredVersion version = version(run, checkpoint, message, stage, parameters, now);
        versions.add(transaction, version, message);
        versions.measure(transaction, version.reference(), Metrics.of(checkpoint));
        outbox.publish(
                transaction,
                version.reference().toString(),
                event,
                VersionRegistered.newBuilder()
                        .setVersion(message)
                        .setRunId(run.getRunId())
                        .setCheckpoint(checkpoint)
                        .setDataset(run.getDataset().getName())
                        .setDatasetVersion(run.getDataset().getVersion())
                        .setBaseModel(run.getBase().getModel())
                        .setBaseVersion(run.getBase().getVersion())
                        .setRegisteredAt(Columns.timestamp(now))
                        .build());
    }

    private static RegisteredVersion version(
            TrainingFinished run,
            Checkpoint checkpoint,
            ModelVersion message,
            ModelStage stage,
            Optional<Long> parameters,
            Instant now) {
        return new RegisteredVersion(
                message.getModel(),
                message.getVersion(),
                stage,
                run.getRunId(),
                checkpoint.getStep(),
                checkpoint.getSelected(),
                checkpoint.getRolesList(),
                new DatasetReference(
                        run.getDataset().getName(),
                        run.getDataset().getVersion(),
                        run.getDataset().getIdentity()),
                run.getDataset().getCorpus(),
                run.getBase().getVersion() == 0
                        ? Optional.empty()
                        : Optional.of(new VersionReference(
                                run.getBase().getModel(), run.getBase().getVersion())),
                parameters,
                Optional.of(run.getModelConfiguration()).filter(json -> !json.isEmpty()),
                Optional.of(run.getTrainingConfiguration()).filter(json -> !json.isEmpty()),
                new Provenance(
                        run.getDevice(),
                        run.getEngine(),
                        run.getCodeVersion(),
                        run.getTokensSeen(),
                        run.getDurationMillis()),
                now,
                checkpoint.getFilesList(),
                List.of(),
                "");
    }

    private static ModelStage stage(TrainingFinished run) {
        try {
            return ModelStage.of(run.getStage());
        } catch (IllegalArgumentException e) {
            throw new RefusedEventException("run " + run.getRunId() + ": " + e.getMessage());
        }
    }
}
