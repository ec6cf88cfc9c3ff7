package io.minigpt.worker.device;

import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.DamagedArtifactException;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.worker.StoredCheckpoint;
import io.minigpt.worker.TrainingPlan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A trainer where a run begins.
 *
 * @param trainer at its step
 * @param resumed the checkpoint that it goes on from, if the run was begun before
 */
record TrainerStart(Trainer trainer, Optional<StoredCheckpoint> resumed) {

    private static final Logger LOG = Logger.getLogger(TrainerStart.class);

    /** From the newest checkpoint that can be read, else from the base version, else from random weights. */
    static TrainerStart of(
            TrainingPlan plan,
            TrainingConfiguration training,
            List<StoredCheckpoint> checkpoints,
            ArtifactStore artifacts,
            RunFolder folder)
            throws IOException {
        for (StoredCheckpoint checkpoint : checkpoints.reversed()) {
            try {
                String name = "resumed-" + checkpoint.step();
                Path files = folder.link(name, artifacts, checkpoint.content().getFilesList());
                return new TrainerStart(Trainer.resume(files), Optional.of(checkpoint));
            } catch (DamagedArtifactException | NoSuchFileException | CorruptCheckpointException e) {
                LOG.errorf(
                        "checkpoint at step %d cannot be used: %s; taking the one before",
                        checkpoint.step(), e.getMessage());
            }
        }
        Trainer fresh = plan.hasBase()
                ? fork(plan, training, artifacts, folder)
                : Trainer.scratch(plan.model().orElseThrow(), training);
        return new TrainerStart(fresh, Optional.empty());
    }

    private static Trainer fork(
            TrainingPlan plan, TrainingConfiguration training, ArtifactStore artifacts, RunFolder folder)
            throws IOException {
        Path base = folder.link("base", artifacts, plan.request().getBase().getFilesList());
        ModelConfiguration model = Checkpoint.readModel(base).model();
        plan.model().ifPresent(wanted -> requireSameShape(model, wanted));
        double dropout = plan.model().map(ModelConfiguration::dropout).orElse(model.dropout());
        return Trainer.fork(base, training, dropout);
    }

    /** Dropout is a matter of training; everything else is the shape of the weights. */
    private static void requireSameShape(ModelConfiguration base, ModelConfiguration wanted) {
        Map<String, Object> different = new HashMap<>(wanted.toMap());
        different.remove("dropout");
        different.entrySet().removeIf(key -> key.getValue().equals(base.toMap().get(key.getKey())));
        different.forEach((key, value) -> {
            throw new PermanentFailureException(
                    key + " is " + base.toMap().get(key) + " in the base version and cannot become " + value);
        });
    }
}
