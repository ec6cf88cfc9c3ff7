package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fine-tuning on few pairs for too long learns them by heart: the last checkpoint is not the best on others, and the run
 * says so.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(ShortLeases.class)
class OverfittingSoak {

    private static final Path QUESTIONS = Path.of("../../config/samples/questions.jsonl");
    private static final int TRAINED = 10;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String MODEL = "{\"n_layer\":2,\"n_head\":2,\"n_embd\":64,\"block_size\":96,\"dropout\":0.0}";
    private static final String SETTINGS = """
            {"batch_size":4,"learning_rate":4e-3,"min_lr":1e-3,"warmup_iters":10,"beta2":0.99,"max_iters":140,
             "eval_interval":14,"eval_iters":4,"log_interval":14,"select":"%s","selection_sets":"curated",
             "selection_items":2,"samples":0}
            """;

    @Inject
    ArtifactStore artifacts;

    @Test
    @Timeout(400)
    void theBestByEachRuleAndTheLastAreKeptApart() throws IOException {
        try (EventProbe probe = new EventProbe()) {
            // Given a pretrained model and pairs of which some are held out
            TestDatasets datasets = new TestDatasets(artifacts);
            DatasetVersion pairs = datasets.fineTuning(QUESTIONS, TRAINED);
            ModelVersion base = version(train(
                    probe,
                    TrainingRequested.newBuilder()
                            .setStage(Stage.STAGE_PRETRAIN)
                            .setDataset(datasets.pretraining())
                            .setModelConfiguration(MODEL)
                            .setTrainingConfiguration("{\"max_iters\":1,\"batch_size\":1,\"eval_iters\":1}")));
            TrainingRequested.Builder request = TrainingRequested.newBuilder()
                    .setStage(Stage.STAGE_SFT)
                    .setDataset(pairs)
                    .setBase(base);

            // When it is trained on them for too long, by each rule
            TrainingFinished byLoss =
                    train(probe, request.setTrainingConfiguration(SETTINGS.formatted("validation_loss")));
            TrainingFinished byAnswers =
                    train(probe, request.setTrainingConfiguration(SETTINGS.formatted("evaluation")));

            // Then the loss on held-out pairs rose again, and the lowest is selected
            List<Checkpoint> all = checkpoints(probe, byLoss);
            Checkpoint lowest = all.stream()
                    .min(Comparator.comparingDouble(Checkpoint::getValidationLoss))
                    .orElseThrow();
            all.forEach(checkpoint -> System.out.printf(
                    "step %d: training loss %.3f, validation loss %.3f, ROUGE-L %.3f%n",
                    checkpoint.getStep(),
                    checkpoint.getTrainLoss(),
                    checkpoint.getValidationLoss(),
                    checkpoint.getEvaluationScore()));
            assertThat(lowest.getStep()).isLessThan(140);
            assertThat(selected(byLoss).getStep()).isEqualTo(lowest.getStep());
            assertThat(selected(byLoss).getRolesList())
                    .contains("best-validation-loss")
                    .doesNotContain("last");
            // by its answers the same run selects the one that answers best
            assertThat(selected(byAnswers).getEvaluationScore())
                    .isEqualTo(all.stream()
                            .mapToDouble(Checkpoint::getEvaluationScore)
                            .max()
                            .orElseThrow());
            // and every role is there once, whatever was selected
            assertThat(byLoss.getCheckpointsList())
                    .flatExtracting(Checkpoint::getRolesList)
                    .containsExactlyInAnyOrder("last", "best-validation-loss", "best-evaluation");
            assertThat(byAnswers.getCheckpointsList())
                    .extracting(Checkpoint::getStep)
                    .isEqualTo(byLoss.getCheckpointsList().stream()
                            .map(Checkpoint::getStep)
                            .toList());
        }
    }

    private static TrainingFinished train(EventProbe probe, TrainingRequested.Builder request) {
        TrainingRequested run = request.setRunId("run-" + UUID.randomUUID())
                .setModel("overfitted")
                .build();
        probe.publish(run.getRunId(), run);
        TrainingFinished finished = Eventually.get(
                        () -> probe.all(
                                TrainingFinished.class, end -> end.getRunId().equals(run.getRunId())),
                        ends -> !ends.isEmpty(),
                        LIMIT)
                .getFirst()
                .data();
        assertThat(finished.getOutcome()).as(finished.getReason()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        return finished;
    }

    private static List<Checkpoint> checkpoints(EventProbe probe, TrainingFinished run) {
        return probe.all(TrainingCheckpointed.class, event -> event.getRunId().equals(run.getRunId())).stream()
                .map(event -> event.data().getCheckpoint())
                .toList();
    }

    private static Checkpoint selected(TrainingFinished finished) {
        return finished.getCheckpointsList().stream()
                .filter(Checkpoint::getSelected)
                .findFirst()
                .orElseThrow();
    }

    private static ModelVersion version(TrainingFinished finished) {
        return ModelVersion.newBuilder()
                .setModel("base")
                .setVersion(1)
                .setStage(Stage.STAGE_PRETRAIN)
                .addAllFiles(selected(finished).getFilesList())
                .build();
    }
}
