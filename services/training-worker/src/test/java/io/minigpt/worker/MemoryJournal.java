package io.minigpt.worker;

import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training journal in memory that a test can stop at a step. */
final class MemoryJournal implements TrainingJournal {

    /** Thrown in place of the platform's exceptions. */
    static final class Stopped extends RuntimeException {}

    final List<TrainingStarted> started = new ArrayList<>();
    final List<StepMeasured> measured = new ArrayList<>();
    final List<StoredCheckpoint> stored = new ArrayList<>();
    final List<TrainingFinished> finished = new ArrayList<>();
    boolean cancelled;
    boolean draining;
    boolean pausing;
    final List<Long> paused = new ArrayList<>();

    @Override
    public List<StoredCheckpoint> checkpoints() {
        return List.copyOf(stored);
    }

    @Override
    public void started(TrainingStarted.Builder event) {
        started.add(event.build());
    }

    @Override
    public void measured(StepMeasured.Builder event) {
        measured.add(event.build());
    }

    @Override
    public void checkpointed(Path folder, NewCheckpoint written) {
        Checkpoint.Builder content = Checkpoint.newBuilder()
                .setStep(written.step())
                .setTrainLoss(written.trainLoss())
                .setValidationLoss(written.validation().map(Validation::loss).orElse(0.0));
        written.examination().score().ifPresent(content::setEvaluationScore);
        stored.removeIf(checkpoint -> checkpoint.step() == written.step());
        stored.add(new StoredCheckpoint(
                1, content.build(), written.scheduled(), written.validation().isPresent(), written.totals()));
    }

    @Override
    public void finished(TrainingFinished.Builder event, CheckpointSelection selection) {
        finished.add(event.addAllCheckpoints(CheckpointRetention.finished(stored, selection))
                .build());
    }

    @Override
    public void checkCancelled() {
        if (cancelled) {
            throw new Stopped();
        }
    }

    @Override
    public boolean pausing() {
        return pausing;
    }

    @Override
    public void paused(long step) {
        paused.add(step);
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public void handBack() {
        throw new Stopped();
    }
}
