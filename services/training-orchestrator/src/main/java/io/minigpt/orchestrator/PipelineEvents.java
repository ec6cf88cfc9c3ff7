package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.pipeline.v1.PipelineFinished;
import io.minigpt.proto.pipeline.v1.PipelineProgressed;
import io.minigpt.proto.pipeline.v1.PipelineStarted;
import io.minigpt.proto.pipeline.v1.StepState;
import io.minigpt.proto.training.v1.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a pipeline run tells the world: one event for each transition. */
public final class PipelineEvents {

    private PipelineEvents() {}

    /** The events that follow from the transitions of a run since it was read, in their order. */
    public static List<Message> following(PipelineRun run) {
        return run.transitions().stream()
                .flatMap(transition -> transition
                        .step()
                        .map(step -> Stream.of(progressed(run, step)))
                        .orElseGet(() -> following(run, transition.to())))
                .toList();
    }

    private static Stream<Message> following(PipelineRun run, RunState state) {
        return switch (state) {
            // a retried run passes through pending on its way to running, and no pipeline run is ever paused
            case RunState.Pending _, RunState.Paused _ -> Stream.empty();
            case RunState.Running _ -> Stream.of(started(run));
            case RunState.Succeeded succeeded ->
                Stream.of(finished(run, Outcome.OUTCOME_SUCCEEDED, "", succeeded.at()));
            case RunState.Failed failed -> Stream.of(finished(run, Outcome.OUTCOME_FAILED, failed.why(), failed.at()));
            case RunState.Cancelled cancelled ->
                Stream.of(finished(run, Outcome.OUTCOME_CANCELLED, cancelled.why(), cancelled.at()));
        };
    }

    private static Message started(PipelineRun run) {
        return PipelineStarted.newBuilder()
                .setRunId(run.id())
                .setName(run.spec().name())
                .setCorpus(run.spec().corpus())
                .addAllSteps(
                        run.steps().values().stream().map(PipelineEvents::step).toList())
                .build();
    }

    private static Message progressed(PipelineRun run, Step step) {
        return PipelineProgressed.newBuilder()
                .setRunId(run.id())
                .setStep(step(step))
                .build();
    }

    private static Message finished(PipelineRun run, Outcome outcome, String reason, Instant at) {
        return PipelineFinished.newBuilder()
                .setRunId(run.id())
                .setName(run.spec().name())
                .setOutcome(outcome)
                .setReason(reason)
                .setBaseVersion(version(run, StepName.PRETRAIN))
                .setVersion(version(run, StepName.FINE_TUNE))
                .setFinishedAt(
                        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .build();
    }

    private static int version(PipelineRun run, StepName training) {
        return run.version(training).map(ModelVersion::getVersion).orElse(0);
    }

    private static io.minigpt.proto.pipeline.v1.Step step(Step step) {
        return io.minigpt.proto.pipeline.v1.Step.newBuilder()
                .setName(step.name().label())
                .setState(
                        switch (step.state()) {
                            case RunState.Pending _ -> StepState.STEP_STATE_PENDING;
                            case RunState.Running _, RunState.Paused _ -> StepState.STEP_STATE_RUNNING;
                            case RunState.Succeeded _ -> StepState.STEP_STATE_SUCCEEDED;
                            case RunState.Failed _ -> StepState.STEP_STATE_FAILED;
                            case RunState.Cancelled _ -> StepState.STEP_STATE_CANCELLED;
                        })
                .setDone(step.figures().done())
                .setTotal(step.figures().total())
                .setReason(step.state().reason().orElse(""))
                .build();
    }
}
