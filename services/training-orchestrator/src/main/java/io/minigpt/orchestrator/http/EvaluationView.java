package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.EvaluationRun;
import io.minigpt.orchestrator.StepRun;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An evaluation as the interface shows it; what is not known is null. */
@Schema(name = "Evaluation")
record EvaluationView(
        String id,

        @Schema(description = "Pipeline run that it belongs to", nullable = true)
        String pipeline,

        @Schema(description = "Version that is evaluated", nullable = true)
        TrainingRunView.ModelView version,

        @Schema(description = "Dataset version whose evaluation sets are used", nullable = true)
        TrainingRunView.DatasetView dataset,

        @Schema(enumeration = {"pending", "running", "succeeded", "failed", "cancelled"})
        String state,

        @Schema(description = "Why it failed or was cancelled", nullable = true)
        String reason,

        @Schema(description = "Items answered") long done,

        @Schema(description = "Items in all; 0 when not known yet")
        long total,

        @Schema(description = "Figures, when it has succeeded")
        List<MetricView> metrics,

        @Schema(description = "File with every answer, its reference and scores", nullable = true)
        FileView answers,

        @Schema(description = "Alias asked for", nullable = true)
        String promoteAlias,

        @Schema(nullable = true) String worker,

        Instant createdAt,

        @Schema(nullable = true) Instant startedAt,

        @Schema(nullable = true) Instant finishedAt) {

    /** One figure. */
    @Schema(name = "EvaluationMetric")
    record MetricView(
            @Schema(description = "curated, trained, unseen or continuation")
            String set,

            @Schema(description = "The metric, such as rouge_l")
            String name,

            @Schema(description = "Sampling temperature; 0 is greedy")
            double temperature,

            @Schema(description = "Mean over the items") double value,

            @Schema(description = "How many items there were")
            long items) {

        static MetricView of(Metric metric) {
            return new MetricView(
                    metric.getSet(), metric.getName(), metric.getTemperature(), metric.getValue(), metric.getItems());
        }
    }

    /** A file of the artifact store. */
    @Schema(name = "ArtifactReference")
    record FileView(
            @Schema(description = "Where it lies in the artifact store")
            String key,

            @Schema(description = "sha256 of its content, lower-case hexadecimal")
            String sha256,

            @Schema(description = "Its size in bytes") long bytes) {

        static FileView of(Artifact artifact) {
            return artifact.getKey().isEmpty()
                    ? null
                    : new FileView(artifact.getKey(), artifact.getSha256(), artifact.getBytes());
        }
    }

    static EvaluationView of(EvaluationRun run) {
        boolean asked = run.requested().hasVersion();
        ModelVersion version =
                asked ? run.requested().getVersion() : run.finished().getVersion();
        TrainingRunView.DatasetView dataset = asked
                ? TrainingRunView.DatasetView.of(run.requested().getDataset())
                : new TrainingRunView.DatasetView(
                        run.finished().getDataset(), run.finished().getDatasetVersion());
        long total = Math.max(run.started().getItemsTotal(), run.progressed().getItemsTotal());
        return new EvaluationView(
                run.id(),
                StepRun.parse(run.id()).map(StepRun::pipeline).orElse(null),
                TrainingRunView.ModelView.of(version),
                dataset.version() == 0 ? null : dataset,
                run.state().label(),
                run.state().reason().orElse(null),
                run.finished().getMetricsCount() > 0 ? total : run.progressed().getItemsDone(),
                total,
                run.finished().getMetricsList().stream().map(MetricView::of).toList(),
                FileView.of(run.finished().getAnswers()),
                run.requested().getPromoteAlias().isEmpty()
                        ? null
                        : run.requested().getPromoteAlias(),
                run.started().getWorker().isEmpty() ? null : run.started().getWorker(),
                run.createdAt(),
                run.state().startedAt().orElse(null),
                run.state().finishedAt().orElse(null));
    }
}
