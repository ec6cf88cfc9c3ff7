package io.minigpt.orchestrator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.minigpt.proto.dataset.v1.RegenerationGoal;
import io.minigpt.proto.training.v1.ModelVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline run regenerates instead of making everything.
 *
 * @param goal how far it goes
 * @param documentIds documents that changed; empty for all that changed, or all of the corpus for another prompt or
 *     teacher
 * @param prompt name or version of the prompt to use; empty for the present one
 * @param teacher teacher to use; empty for the present one
 * @param dryRun whether it ends with the plan
 * @param reason why, for people
 * @param base version to fine-tune, if the goal needs one: the one that the present model was fine-tuned from
 */
public record Regeneration(
        RegenerationGoal goal,
        List<String> documentIds,
        String prompt,
        String teacher,
        boolean dryRun,
        String reason,
        Optional<ModelVersion> base) {

    public Regeneration {
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(teacher, "teacher");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(base, "base");
        documentIds = List.copyOf(documentIds);
    }

    /** Whether a goal needs a model to start from. */
    static boolean trains(RegenerationGoal goal) {
        return goal.getNumber() >= RegenerationGoal.REGENERATION_GOAL_FINE_TUNE_VALUE;
    }

    /** The steps of a run with this goal. */
    @JsonIgnore
    public Set<StepName> steps() {
        Set<StepName> steps = EnumSet.of(StepName.PLAN);
        if (!dryRun) {
            for (RegenerationGoal reached : RegenerationGoal.values()) {
                if (reached.compareTo(goal) <= 0) {
                    step(reached).ifPresent(steps::add);
                }
            }
        }
        return steps;
    }

    private static Optional<StepName> step(RegenerationGoal goal) {
        return switch (goal) {
            case REGENERATION_GOAL_PAIRS -> Optional.of(StepName.GENERATE);
            case REGENERATION_GOAL_AUGMENT -> Optional.of(StepName.AUGMENT);
            case REGENERATION_GOAL_FREEZE -> Optional.of(StepName.FREEZE_SFT);
            case REGENERATION_GOAL_FINE_TUNE -> Optional.of(StepName.FINE_TUNE);
            case REGENERATION_GOAL_EVALUATE -> Optional.of(StepName.EVALUATE);
            case REGENERATION_GOAL_PROMOTE -> Optional.of(StepName.DEPLOY);
            case REGENERATION_GOAL_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
