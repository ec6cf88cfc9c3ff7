package io.minigpt.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of the main job, as the console describes it.
 *
 * @param id run id
 * @param name what the run is called; its models are {@code name-base} and {@code name}
 * @param state {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}
 * @param reason why it failed, or {@code null}
 * @param createdAt when it was asked for
 * @param finishedAt when it ended, or {@code null}
 * @param steps the steps in order
 * @param models the model versions that it registered so far
 */
record PipelineRun(
        String id,
        String name,
        String state,
        String reason,
        Instant createdAt,
        Instant finishedAt,
        List<Step> steps,
        List<ModelVersion> models) {

    PipelineRun {
        steps = steps == null ? List.of() : List.copyOf(steps);
        models = models == null ? List.of() : List.copyOf(models);
    }

    /**
     * One step of a run.
     *
     * @param name such as {@code fine-tune}
     * @param state {@code pending}, {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}
     * @param runId id of the run in the service that does the step, or {@code null} before it began
     * @param unit what {@code done} and {@code total} count
     * @param done units that are done
     * @param total units in all; 0 when not known yet
     * @param reason why it failed, or {@code null}
     * @param startedAt when it began, or {@code null}
     * @param finishedAt when it ended, or {@code null}
     * @param details figures of this kind of step
     */
    record Step(
            String name,
            String state,
            String runId,
            String unit,
            long done,
            long total,
            String reason,
            Instant startedAt,
            Instant finishedAt,
            JsonNode details) {

        Step {
            details = details == null ? MissingNode.getInstance() : details;
        }

        boolean isRunning() {
            return state.equals("running");
        }
    }

    /**
     * A registered model.
     *
     * @param model its name
     * @param version counted from 1
     */
    record ModelVersion(String model, int version) {}

    boolean isRunning() {
        return state.equals("running");
    }

    boolean isSucceeded() {
        return state.equals("succeeded");
    }

    Optional<Step> step(String stepName) {
        return steps.stream().filter(step -> step.name().equals(stepName)).findFirst();
    }

    /** The step that made the run fail. */
    Optional<Step> failedStep() {
        return steps.stream().filter(step -> step.state().equals("failed")).findFirst();
    }
}
