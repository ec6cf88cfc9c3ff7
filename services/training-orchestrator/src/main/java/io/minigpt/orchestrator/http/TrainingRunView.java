package io.minigpt.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.minigpt.orchestrator.Figures;
import io.minigpt.orchestrator.StepFigures;
import io.minigpt.orchestrator.StepRun;
import io.minigpt.orchestrator.TrainingFigures;
import io.minigpt.orchestrator.TrainingRun;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A training run as the interface shows it; what is not known is null. */
@Schema(name = "TrainingRun")
record TrainingRunView(
        String id,

        @Schema(description = "Pipeline run that it belongs to", nullable = true)
        String pipeline,

        @Schema(
                description = "What it does",
                enumeration = {"pretrain", "sft"},
                nullable = true)
        String kind,

        @Schema(description = "Model that the result becomes a version of", nullable = true)
        String model,

        @Schema(description = "Version registered for the selected checkpoint", nullable = true)
        Integer version,

        @Schema(enumeration = {"pending", "running", "paused", "succeeded", "failed", "cancelled"})
        String state,

        @Schema(description = "Why it is paused, failed or was cancelled", nullable = true)
        String reason,

        @Schema(description = "Dataset version that it is trained on", nullable = true)
        DatasetView dataset,

        @Schema(description = "Version that it starts from; null if from random weights", nullable = true)
        ModelView base,

        @Schema(description = "Last step measured") long step,

        @Schema(description = "Last step of the run; 0 when not known yet")
        long maxSteps,

        @Schema(description = "Losses in nats a token, and the rates of the last step")
        Map<String, Object> figures,

        @Schema(nullable = true) String worker,

        @Schema(description = "Device of the worker, such as cpu or cuda:0", nullable = true)
        String device,

        @Schema(description = "Number format of matrix operands", nullable = true)
        String dtype,

        @Schema(description = "Parameters without position embeddings", nullable = true)
        Long parameters,

        Instant createdAt,

        @Schema(nullable = true) Instant startedAt,

        @Schema(nullable = true) Instant finishedAt,

        @Schema(
                description = "With nanoGPT's keys; null when it is that of the base",
                nullable = true,
                implementation = Object.class)
        @JsonRawValue
        String modelConfiguration,

        @Schema(description = "With nanoGPT's keys", nullable = true, implementation = Object.class) @JsonRawValue
        String trainingConfiguration) {

    /** A dataset version. */
    @Schema(name = "DatasetReference")
    record DatasetView(
            @Schema(description = "Name of the dataset") String name, int version) {

        static DatasetView of(DatasetVersion version) {
            return version.getVersion() == 0 ? null : new DatasetView(version.getName(), version.getVersion());
        }
    }

    /** A model version. */
    @Schema(name = "ModelReference")
    record ModelView(String model, int version) {

        static ModelView of(ModelVersion version) {
            return version.getVersion() == 0 ? null : new ModelView(version.getModel(), version.getVersion());
        }
    }

    /** @param measured its newest figures; null if it measured nothing yet */
    static TrainingRunView of(TrainingRun run, TrainingFigures measured) {
        boolean asked = run.requested().getStage() != Stage.STAGE_UNSPECIFIED;
        boolean ended = run.state().ended() && run.finished().getStage() != Stage.STAGE_UNSPECIFIED;
        Figures figures = measured == null ? Figures.NONE : measured.figures();
        if (ended && !run.finished().getCheckpointsList().isEmpty()) {
            figures = figures.updated(StepFigures.of(run.finished()));
        }
        ModelVersion base = asked ? run.requested().getBase() : run.finished().getBase();
        DatasetVersion dataset =
                asked ? run.requested().getDataset() : run.finished().getDataset();
        boolean started = run.started().getLease() > 0;
        return new TrainingRunView(
                run.id(),
                StepRun.parse(run.id()).map(StepRun::pipeline).orElse(null),
                kind(asked ? run.requested().getStage() : run.finished().getStage()),
                text(asked ? run.requested().getModel() : run.finished().getModel()),
                run.version() == 0 ? null : run.version(),
                run.state().label(),
                run.state().reason().orElse(null),
                DatasetView.of(dataset),
                ModelView.of(base),
                figures.done(),
                Math.max(figures.total(), run.started().getMaxSteps()),
                figures.details(),
                text(run.started().getWorker()),
                text(run.started().getDevice()),
                text(run.started().getDtype()),
                started ? run.started().getParameters() : null,
                run.createdAt(),
                run.state().startedAt().orElse(null),
                run.state().finishedAt().orElse(null),
                text(
                        ended
                                ? run.finished().getModelConfiguration()
                                : run.requested().getModelConfiguration()),
                text(
                        ended
                                ? run.finished().getTrainingConfiguration()
                                : run.requested().getTrainingConfiguration()));
    }

    private static String kind(Stage stage) {
        return switch (stage) {
            case STAGE_PRETRAIN -> "pretrain";
            case STAGE_SFT -> "sft";
            case STAGE_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private static String text(String value) {
        return value.isEmpty() ? null : value;
    }
}
