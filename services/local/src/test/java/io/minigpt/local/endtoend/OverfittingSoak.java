package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first MiniGPT's fine-tuning, shortened, learns its pairs by heart: of its checkpoints the one that does best on
 * others is not the last. The run selects it, and the registry tells it from the last.
 */
class OverfittingSoak {
    /** JSON objects with question and answer, one a line. */
    private static final Path PAIRS =
            Path.of(System.getProperty("minigpt.soak.pairs", "../../config/samples/questions.jsonl"));

    private static final int MOST_PAIRS = 50;
    private static final int STEPS = 240;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    /** Its own: architecture, vocabulary, no biases, dropout 0.2. */
    private static final String MODEL = """
            {"n_layer": "2", "n_head": "4", "n_embd": "128", "block_size": "128"}
            """;

    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void theBestByEachRuleAndTheLastAreToldApart() throws Exception {
        try (TrainingFleet fleet = new TrainingFleet(folder, Path.of("../../config"));
                TrainingEvents events = new TrainingEvents(fleet.broker())) {
            // Given a pretrained version and pairs of which some are held out
            fleet.up();
            PairDatasets datasets = new PairDatasets(fleet.artifacts(), PAIRS, MOST_PAIRS);
            events.seal(datasets.pretraining());
            events.seal(datasets.fineTuning());
            end(events, fleet.train(pretraining()));

            // When it is fine-tuned on the others for too long, by each rule
            String byLoss = fleet.train(fineTuning("validation_loss"));
            String byAnswers = fleet.train(fineTuning("evaluation"));
            TrainingFinished lossEnd = end(events, byLoss);
            TrainingFinished answersEnd = end(events, byAnswers);

            // Then the validation loss rose again while the training loss fell
            List<Checkpoint> checkpoints = checkpoints(events, byLoss);
            print(datasets, checkpoints);
            Checkpoint last = checkpoints.getLast();
            Checkpoint lowestLoss = checkpoints.stream()
                    .min(Comparator.comparingDouble(Checkpoint::getValidationLoss))
                    .orElseThrow();
            double bestScore = checkpoints.stream()
                    .mapToDouble(Checkpoint::getEvaluationScore)
                    .max()
                    .orElseThrow();
            assertThat(last.getStep()).isEqualTo(STEPS);
            assertThat(lowestLoss.getStep()).isLessThan(STEPS);
            assertThat(last.getTrainLoss()).isLessThan(lowestLoss.getTrainLoss());

            // and each run selects by its rule
            Checkpoint selectedByLoss = selected(lossEnd);
            Checkpoint selectedByAnswers = selected(answersEnd);
            assertThat(selectedByLoss.getStep()).isEqualTo(lowestLoss.getStep());
            assertThat(selectedByAnswers.getEvaluationScore()).isEqualTo(bestScore);
            assertThat(answersEnd.getCheckpointsList())
                    .as("the rule changes nothing but the selection")
                    .extracting(OverfittingSoak::weights)
                    .isEqualTo(lossEnd.getCheckpointsList().stream()
                            .map(OverfittingSoak::weights)
                            .toList());

            // and the registry has all of them, once, and finds the best by each figure
            assertRegistered(fleet, "by-validation-loss", lossEnd);
            assertRegistered(fleet, "by-evaluation", answersEnd);
            assertThat(best(fleet, "by-validation-loss", "validationLoss")).isEqualTo(selectedByLoss.getStep());
            assertThat(best(fleet, "by-evaluation", "selectionScore")).isEqualTo(selectedByAnswers.getStep());
        }
    }

    /** Every checkpoint that the run kept is a version with its roles; no role is there twice. */
    private static void assertRegistered(TrainingFleet fleet, String model, TrainingFinished run) {
        String path = "/api/models/" + model + "/versions?sort=validationLoss";
        List<JsonNode> versions = TrainingFleet.await(
                "the versions of " + model + " are there",
                () -> fleet.registry
                        .get(path)
                        .map(answer -> list(answer.path("items")))
                        .filter(items -> items.size() == run.getCheckpointsCount()));
        assertThat(versions)
                .extracting(OverfittingSoak::facts)
                .containsExactlyInAnyOrderElementsOf(run.getCheckpointsList().stream()
                        .map(OverfittingSoak::facts)
                        .toList());
        assertThat(versions)
                .flatExtracting(version -> list(version.path("roles")))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("last", "best-validation-loss", "best-evaluation");
        assertThat(versions.getFirst().path("roles").toString()).contains("best-validation-loss");
    }

    private static long best(TrainingFleet fleet, String model, String figure) {
        return fleet.registry
                .get("/api/models/" + model + "/best?by=" + figure)
                .orElseThrow()
                .path("step")
                .asLong();
    }

    private static String facts(JsonNode version) {
        return "step %d %s selected=%s %s"
                .formatted(
                        version.path("step").asLong(),
                        list(version.path("roles")).stream()
                                .map(JsonNode::asText)
                                .toList(),
                        version.path("selected").asBoolean(),
                        list(version.path("files")).stream()
                                .filter(file -> file.path("name").asText().equals("model.safetensors"))
                                .map(file -> file.path("sha256").asText())
                                .toList());
    }

    private static String facts(Checkpoint checkpoint) {
        return "step %d %s selected=%s %s"
                .formatted(
                        checkpoint.getStep(),
                        checkpoint.getRolesList(),
                        checkpoint.getSelected(),
                        List.of(weights(checkpoint)));
    }

    private static String weights(Checkpoint checkpoint) {
        return checkpoint.getFilesList().stream()
                .filter(file -> file.getName().equals("model.safetensors"))
                .findFirst()
                .orElseThrow()
                .getSha256();
    }

    private static String pretraining() {
        return """
                {"kind": "pretrain", "model": "base", "dataset": {"name": "text", "version": 1}, "modelPreset": "seed",
                 "modelOverrides": %s, "trainingPreset": "seed-pretrain",
                 "overrides": {"batch_size": "4", "max_iters": "10", "warmup_iters": "5", "eval_interval": "10"}}
                """.formatted(MODEL);
    }

    /** The first steps of the first MiniGPT's: its rates, decay, clipping and dropout, with smaller batches and warm-up. */
    private static String fineTuning(String select) {
        return """
                {"kind": "sft", "model": "by-%s", "base": {"model": "base", "version": 1},
                 "dataset": {"name": "pairs", "version": 1}, "trainingPreset": "seed-sft",
                 "overrides": {"batch_size": "4", "max_iters": "%d", "warmup_iters": "5", "eval_interval": "20",
                               "samples": "0", "select": "%s", "selection_sets": "selection"}}
                """.formatted(select.replace('_', '-'), STEPS, select);
    }

    private static TrainingFinished end(TrainingEvents events, String run) {
        TrainingFinished end = events.await(
                TrainingFinished.class, finished -> finished.getRunId().equals(run), LIMIT);
        assertThat(end.getOutcome()).as(end.getReason()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        return end;
    }

    private static List<Checkpoint> checkpoints(TrainingEvents events, String run) {
        return events.all(TrainingCheckpointed.class, event -> event.getRunId().equals(run)).stream()
                .map(TrainingCheckpointed::getCheckpoint)
                .toList();
    }

    private static Checkpoint selected(TrainingFinished run) {
        return run.getCheckpointsList().stream()
                .filter(Checkpoint::getSelected)
                .findFirst()
                .orElseThrow();
    }

    private static void print(PairDatasets datasets, List<Checkpoint> checkpoints) {
        System.out.printf("%d pairs are trained on%n", datasets.trained());
        checkpoints.forEach(checkpoint -> System.out.printf(
                "step %d: training loss %.3f, validation loss %.3f, ROUGE-L %.3f%n",
                checkpoint.getStep(),
                checkpoint.getTrainLoss(),
                checkpoint.getValidationLoss(),
                checkpoint.getEvaluationScore()));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
