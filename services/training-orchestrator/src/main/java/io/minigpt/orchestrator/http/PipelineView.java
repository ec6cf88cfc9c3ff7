package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.Figures;
import io.minigpt.orchestrator.PipelineRun;
import io.minigpt.orchestrator.Regeneration;
import io.minigpt.orchestrator.RunState;
import io.minigpt.orchestrator.Step;
import io.minigpt.orchestrator.StepName;
import io.minigpt.orchestrator.TrainingFigures;
import io.minigpt.proto.training.v1.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A pipeline run as the interface shows it. */
@Schema(name = "PipelineRun")
record PipelineView(
        String id,

        @Schema(description = "Its name, by which models and datasets are named")
        String name,

        @Schema(description = "Corpus that it learns from") String corpus,

        @Schema(description = "State of the corpus that the run is made from")
        long corpusRevision,

        @Schema(enumeration = {"running", "succeeded", "failed", "cancelled"})
        String state,

        @Schema(description = "Step and reason of a failure, or why it was cancelled", nullable = true)
        String reason,

        Instant createdAt,

        @Schema(nullable = true) Instant finishedAt,

        @Schema(description = "What it regenerates; null if it makes everything", nullable = true)
        RegenerationView regeneration,

        @Schema(description = "Its steps, in order") List<StepView> steps,

        @Schema(description = "Versions that it has registered so far")
        List<ModelView> models) {

    /** A step of a run. */
    @Schema(name = "PipelineStep")
    record StepView(
            @Schema(
                    description = "The step",
                    enumeration = {
                        "plan",
                        "generate",
                        "augment",
                        "freeze-pretraining",
                        "freeze-sft",
                        "pretrain",
                        "fine-tune",
                        "evaluate-base",
                        "evaluate",
                        "deploy-base",
                        "deploy"
                    })
            String name,

            @Schema(enumeration = {"pending", "running", "succeeded", "failed", "cancelled"})
            String state,

            @Schema(description = "Id of the run in the service that does the step", nullable = true)
            String runId,

            @Schema(description = "What done and total count")
            String unit,

            @Schema(description = "Units done") long done,

            @Schema(description = "Units in all; 0 when not known yet")
            long total,

            @Schema(description = "Why it failed or was cancelled", nullable = true)
            String reason,

            @Schema(nullable = true) Instant startedAt,

            @Schema(nullable = true) Instant finishedAt,

            @Schema(description = "Figures of this kind of step")
            Map<String, Object> details) {}

    /** What a run regenerates. */
    @Schema(name = "Regeneration")
    record RegenerationView(
            @Schema(
                    description = "How far it goes",
                    enumeration = {"pairs", "augment", "freeze", "fine-tune", "evaluate", "promote"})
            String goal,

            @Schema(description = "Whether it ends with the plan")
            boolean dryRun,

            @Schema(description = "Documents that were named; 0 for all that changed")
            int documents,

            @Schema(description = "Name or version of the prompt; empty for the present one")
            String prompt,

            @Schema(description = "The teacher; empty for the present one")
            String teacher,

            @Schema(description = "Why, for people") String reason,

            @Schema(description = "Version that is fine-tuned", nullable = true)
            ModelView base) {

        static RegenerationView of(Regeneration regeneration) {
            return new RegenerationView(
                    regeneration
                            .goal()
                            .name()
                            .substring("REGENERATION_GOAL_".length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'),
                    regeneration.dryRun(),
                    regeneration.documentIds().size(),
                    regeneration.prompt(),
                    regeneration.teacher(),
                    regeneration.reason(),
                    regeneration.base().map(ModelView::of).orElse(null));
        }
    }

    /** A model version. */
    @Schema(name = "PipelineModel")
    record ModelView(String model, int version) {

        static ModelView of(ModelVersion version) {
            return new ModelView(version.getModel(), version.getVersion());
        }
    }

    /** @param measured figures of the training steps by run id */
    static PipelineView of(PipelineRun run, Map<String, TrainingFigures> measured) {
        return new PipelineView(
                run.id(),
                run.spec().name(),
                run.spec().corpus(),
                run.spec().corpusRevision(),
                run.state().label(),
                run.state().reason().orElse(null),
                run.createdAt(),
                run.state().finishedAt().orElse(null),
                run.spec().regeneration().map(RegenerationView::of).orElse(null),
                run.steps().values().stream()
                        .map(step -> step(run, step, measured))
                        .toList(),
                Stream.of(StepName.PRETRAIN, StepName.FINE_TUNE)
                        .flatMap(name -> run.version(name).stream())
                        .map(ModelView::of)
                        .toList());
    }

    /** Run ids of the training steps of a run, whose measured figures belong into its view. */
    static Stream<String> trainings(PipelineRun run) {
        return Stream.of(StepName.PRETRAIN, StepName.FINE_TUNE)
                .filter(run::has)
                .map(name -> run.stepRun(name).id());
    }

    private static StepView step(PipelineRun run, Step step, Map<String, TrainingFigures> measured) {
        String runId = run.stepRun(step.name()).id();
        Figures figures = measured.containsKey(runId) ? measured.get(runId).with(step) : step.figures();
        return new StepView(
                step.name().label(),
                step.state().label(),
                step.state() instanceof RunState.Pending ? null : runId,
                step.name().unit(),
                figures.done(),
                figures.total(),
                step.state().reason().orElse(null),
                step.state().startedAt().orElse(null),
                step.state().finishedAt().orElse(null),
                figures.details());
    }
}
