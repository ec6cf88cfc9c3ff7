package io.minigpt.registry.http;

import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.registry.store.EvaluationStore.Decision;
import io.minigpt.registry.store.EvaluationStore.Evaluation;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An evaluation of a version as the interface shows it. */
@Schema(name = "VersionEvaluation")
record EvaluationView(
        @Schema(description = "Evaluation run") String runId,

        @Schema(description = "Dataset whose evaluation sets were used")
        String dataset,

        int datasetVersion,
        Instant finishedAt,
        List<MetricView> metrics,

        @Schema(description = "File with every answer, its reference and scores", nullable = true)
        AnswersView answers,

        @Schema(description = "What the promotion policy decided; null if no alias was asked for", nullable = true)
        DecisionView decision) {

    /** One figure. */
    @Schema(name = "VersionMetric")
    record MetricView(
            @Schema(description = "curated, trained, unseen or continuation")
            String set,

            String name,

            @Schema(description = "Sampling temperature; 0 is greedy")
            double temperature,

            @Schema(description = "Mean over the items") double value,

            long items) {

        static MetricView of(Metric metric) {
            return new MetricView(
                    metric.getSet(), metric.getName(), metric.getTemperature(), metric.getValue(), metric.getItems());
        }
    }

    /** The answers as a file of the artifact store. */
    @Schema(name = "VersionAnswers")
    record AnswersView(String key, String sha256, long bytes) {

        static AnswersView of(Artifact file) {
            return file.getKey().isEmpty() ? null : new AnswersView(file.getKey(), file.getSha256(), file.getBytes());
        }
    }

    /** A decision on an alias. */
    @Schema(name = "PromotionDecision")
    record DecisionView(
            String alias,

            @Schema(description = "Whether the version got the alias")
            boolean promoted,

            @Schema(description = "With the figures that were compared")
            String reason) {

        static DecisionView of(Decision decision) {
            return new DecisionView(decision.alias(), decision.promoted(), decision.reason());
        }
    }

    static EvaluationView of(Evaluation evaluation) {
        return new EvaluationView(
                evaluation.result().getRunId(),
                evaluation.result().getDataset(),
                evaluation.result().getDatasetVersion(),
                evaluation.finishedAt(),
                evaluation.result().getMetricsList().stream()
                        .map(MetricView::of)
                        .toList(),
                AnswersView.of(evaluation.result().getAnswers()),
                evaluation.decision().map(DecisionView::of).orElse(null));
    }
}
