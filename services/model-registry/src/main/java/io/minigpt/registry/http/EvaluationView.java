package io.minigpt.registry.http;

import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.registry.store.DecisionStore.Decided;
import io.minigpt.registry.store.EvaluationStore.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An evaluation of a version as the interface shows it. */
@Schema(name = "VersionEvaluation")
record EvaluationView(
        @Schema(description = "Evaluation run") String runId,

        @Schema(description = "Dataset whose evaluation sets were used; empty if only a file was asked")
        String dataset,

        @Schema(description = "Its version; 0 if there is none")
        int datasetVersion,

        @Schema(description = "When it ended") Instant finishedAt,

        @Schema(description = "Its figures") List<MetricView> metrics,

        @Schema(description = "File with every answer, its reference and scores", nullable = true)
        AnswersView answers,

        @Schema(description = "What the promotion policy decided; null if no alias was asked for", nullable = true)
        DecisionView decision) {

    /** One figure. */
    @Schema(name = "VersionMetric")
    record MetricView(
            @Schema(description = "Evaluation set: curated, trained, unseen, continuation, ...")
            String set,

            @Schema(description = "What the model knows of the items: trained, unseen, ...; empty without meaning")
            String label,

            @Schema(description = "The metric, such as rouge_l")
            String name,

            @Schema(description = "Sampling temperature; 0 is greedy")
            double temperature,

            @Schema(description = "Mean over the items") double value,

            @Schema(description = "Lower end of the 95 % confidence interval", nullable = true)
            Double low,

            @Schema(description = "Upper end of the 95 % confidence interval", nullable = true)
            Double high,

            @Schema(description = "How many items") long items) {

        static MetricView of(Metric metric) {
            return new MetricView(
                    metric.getSet(),
                    metric.getLabel(),
                    metric.getName(),
                    metric.getTemperature(),
                    metric.getValue(),
                    metric.hasLow() ? metric.getLow() : null,
                    metric.hasHigh() ? metric.getHigh() : null,
                    metric.getItems());
        }
    }

    /** The answers as a file of the artifact store. */
    @Schema(name = "VersionAnswers")
    record AnswersView(
            @Schema(description = "Its key in the artifact store")
            String key,

            @Schema(description = "sha256 of its content, lower-case hexadecimal")
            String sha256,

            @Schema(description = "Its size") long bytes) {

        static AnswersView of(Artifact file) {
            return file.getKey().isEmpty() ? null : new AnswersView(file.getKey(), file.getSha256(), file.getBytes());
        }
    }

    static EvaluationView of(Evaluation evaluation, Optional<Decided> decision) {
        return new EvaluationView(
                evaluation.result().getRunId(),
                evaluation.result().getDataset(),
                evaluation.result().getDatasetVersion(),
                evaluation.finishedAt(),
                evaluation.result().getMetricsList().stream()
                        .map(MetricView::of)
                        .toList(),
                AnswersView.of(evaluation.result().getAnswers()),
                decision.map(DecisionView::of).orElse(null));
    }
}
