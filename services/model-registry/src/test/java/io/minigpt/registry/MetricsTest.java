package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void namesFiguresByTheirSetAndTheLowestTemperature() {
        List<Metric> metrics = List.of(
                metric("curated", "rouge_l", 0.2, 0.5),
                metric("curated", "rouge_l", 0.01, 0.75),
                metric("unseen", "exact_match", 0.2, 0.25),
                metric("unseen", "perplexity", 0, Double.NaN));

        assertThat(Metrics.of(metrics))
                .isEqualTo(Map.of("rougeL.curated", 0.75, "rougeL.curated@0.2", 0.5, "exactMatch.unseen", 0.25));
    }

    @Test
    void itemsOfDifferentLabelsAreNeverOneFigure() {
        List<Metric> metrics = List.of(
                metric("test", "rouge_l", 0.01, 0.75).toBuilder()
                        .setLabel("trained")
                        .build(),
                metric("test", "rouge_l", 0.01, 0.25).toBuilder()
                        .setLabel("unseen")
                        .build(),
                metric("unseen", "rouge_l", 0.01, 0.5).toBuilder()
                        .setLabel("unseen")
                        .build());

        assertThat(Metrics.of(metrics))
                .isEqualTo(Map.of("rougeL.test.trained", 0.75, "rougeL.test.unseen", 0.25, "rougeL.unseen", 0.5));
    }

    @Test
    void leavesOutLossesThatAreNotKnown() {
        Checkpoint checkpoint =
                Checkpoint.newBuilder().setTrainLoss(2.5).setValidationLoss(3).build();

        assertThat(Metrics.of(checkpoint)).isEqualTo(Map.of("trainLoss", 2.5, "validationLoss", 3.0));
    }

    @Test
    void aScoreOfNothingRightIsAFigureToo() {
        Checkpoint checkpoint = Checkpoint.newBuilder().setEvaluationScore(0).build();

        assertThat(Metrics.of(checkpoint)).isEqualTo(Map.of("selectionScore", 0.0));
    }

    @Test
    void knowsWhereLessIsBetter() {
        assertThat(Metrics.direction("bitsPerByte.continuation@0.1")).isEqualTo(-1);
        assertThat(Metrics.direction("validationLoss")).isEqualTo(-1);
        assertThat(Metrics.direction("repetition.unseen")).isEqualTo(-1);
        assertThat(Metrics.direction("timeToFirstTokenMs.latency")).isEqualTo(-1);
        assertThat(Metrics.direction("rougeL.curated")).isEqualTo(1);
        assertThat(Metrics.direction("selectionScore")).isEqualTo(1);
    }

    private static Metric metric(String set, String name, double temperature, double value) {
        return Metric.newBuilder()
                .setSet(set)
                .setName(name)
                .setTemperature(temperature)
                .setValue(value)
                .setItems(4)
                .build();
    }
}
