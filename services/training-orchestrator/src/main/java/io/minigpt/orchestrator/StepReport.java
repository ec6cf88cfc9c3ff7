package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationProgressed;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeProgressed;
import io.minigpt.proto.dataset.v1.FreezeStarted;
import io.minigpt.proto.dataset.v1.RegenerationPlanFinished;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationProgressed;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationStarted;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What a message of another service means for the step that its run is an attempt at.
 *
 * @param runId the run that it tells of
 * @param change the step before and the time, to the step after
 */
public record StepReport(String runId, BiFunction<Step, Instant, Step> change) {

    /** Reads a message; empty if it says nothing of a step. */
    public static Optional<StepReport> of(Message message) {
        return switch (message) {
            case RegenerationPlanFinished m ->
                end(
                        m.getRunId(),
                        m.getOutcome(),
                        m.getReason(),
                        step -> step.handingOn(m.getPlan(), Figures.NONE).reported(PlanFigures.of(m.getPlan())));
            case GenerationStarted m ->
                progress(m.getRunId(), StepFigures.withTeacher(StepFigures.of(m.getCounts()), m.getTeacher()));
            case GenerationProgressed m -> progress(m.getRunId(), StepFigures.of(m.getCounts()));
            case GenerationFinished m ->
                end(
                        m.getRunId(),
                        m.getOutcome(),
                        m.getReason(),
                        step -> step.handingOn(m.getOutput(), Figures.NONE).reported(StepFigures.of(m.getCounts())));
            case AugmentationStarted m ->
                progress(m.getRunId(), StepFigures.withTeacher(StepFigures.of(m.getCounts()), m.getTeacher()));
            case AugmentationProgressed m -> progress(m.getRunId(), StepFigures.of(m.getCounts()));
            case AugmentationFinished m ->
                end(
                        m.getRunId(),
                        m.getOutcome(),
                        m.getReason(),
                        step -> step.handingOn(m.getOutput(), Figures.NONE).reported(StepFigures.of(m.getCounts())));
            case FreezeStarted m -> progress(m.getRunId(), new Figures(0, m.getRecordsTotal(), Map.of()));
            case FreezeProgressed m ->
                progress(m.getRunId(), new Figures(m.getRecordsDone(), m.getRecordsTotal(), Map.of()));
            case FreezeFinished m ->
                end(
                        m.getRunId(),
                        m.getOutcome(),
                        m.getReason(),
                        step -> step.handingOn(m.getVersion(), Figures.NONE).reported(StepFigures.of(m.getVersion())));
            case TrainingStarted m ->
                progress(m.getRunId(), new Figures(m.getStartStep(), m.getMaxSteps(), Map.of("device", m.getDevice())));
            case TrainingFinished m
            when succeededInVain(m) ->
                end(m.getRunId(), Outcome.OUTCOME_FAILED, "the run selected no checkpoint", UnaryOperator.identity());
            case TrainingFinished m ->
                end(m.getRunId(), m.getOutcome(), m.getReason(), step -> step.reported(StepFigures.of(m)));
            case VersionRegistered m
            when m.getCheckpoint().getSelected() ->
                change(m.getRunId(), step -> step.handingOn(m.getVersion(), StepFigures.of(m.getVersion())));
            case EvaluationStarted m -> progress(m.getRunId(), new Figures(0, m.getItemsTotal(), Map.of()));
            case EvaluationProgressed m ->
                progress(m.getRunId(), new Figures(m.getItemsDone(), m.getItemsTotal(), Map.of()));
            case EvaluationFinished m ->
                end(
                        m.getRunId(),
                        m.getOutcome(),
                        m.getReason(),
                        step -> step.reported(StepFigures.of(m.getMetricsList())));
            default -> Optional.empty();
        };
    }

    /** Without a selected checkpoint the registry never names a version, and the step would wait for ever. */
    private static boolean succeededInVain(TrainingFinished message) {
        return message.getOutcome() == Outcome.OUTCOME_SUCCEEDED
                && message.getCheckpointsList().stream().noneMatch(Checkpoint::getSelected);
    }

    private static Optional<StepReport> progress(String runId, Figures figures) {
        return change(runId, step -> step.progressed(figures));
    }

    private static Optional<StepReport> end(String runId, Outcome outcome, String reason, UnaryOperator<Step> success) {
        return Optional.of(new StepReport(runId, (step, at) -> step.after(outcome, reason, at, success)));
    }

    private static Optional<StepReport> change(String runId, UnaryOperator<Step> change) {
        return Optional.of(new StepReport(runId, (step, at) -> change.apply(step)));
    }
}
