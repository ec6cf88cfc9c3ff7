package io.minigpt.orchestrator;

import io.minigpt.proto.training.v1.ModelVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A pipeline run: a state machine over its steps. It is a value; every change gives a new one that also lists the
 * transitions since it was read, from which the commands and events follow.
 *
 * @param id the run
 * @param spec what it does
 * @param createdAt when it was asked for
 * @param state where it stands
 * @param steps every step
 * @param transitions changes of state that are not written yet, in their order
 */
public record PipelineRun(
        String id,
        PipelineSpec spec,
        Instant createdAt,
        RunState state,
        Map<StepName, Step> steps,
        List<Transition> transitions) {

    public PipelineRun {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(state, "state");
        steps = Collections.unmodifiableMap(new EnumMap<>(steps));
        transitions = List.copyOf(transitions);
        if (!steps.keySet().equals(spec.steps())) {
            throw new IllegalArgumentException("run " + id + " has only the steps " + steps.keySet());
        }
    }

    /** A new run, with its first steps still pending; {@link #advance} starts them. */
    public static PipelineRun create(String id, PipelineSpec spec, Instant at) {
        Map<StepName, Step> steps = new EnumMap<>(StepName.class);
        for (StepName name : spec.steps()) {
            steps.put(name, Step.pending(name, 1));
        }
        return new PipelineRun(id, spec, at, new RunState.Pending(), steps, List.of()).to(state -> state.start(at));
    }

    /** Whether the run takes this step. */
    public boolean has(StepName name) {
        return steps.containsKey(name);
    }

    /** The step of that name. @throws IllegalArgumentException if the run does without it */
    public Step step(StepName name) {
        if (!has(name)) {
            throw new IllegalArgumentException("run " + id + " has no step " + name.label());
        }
        return steps.get(name);
    }

    /** Id of the present attempt at a step. */
    public StepRun stepRun(StepName name) {
        return new StepRun(id, name, step(name).attempt());
    }

    /** Version that a training step made, if it has. */
    public Optional<ModelVersion> version(StepName training) {
        return Optional.ofNullable(steps.get(training)).flatMap(Step::output).map(ModelVersion.class::cast);
    }

    /** Changes a step on behalf of one attempt at it; an attempt that is not under way changes nothing. */
    public PipelineRun change(StepRun attempt, UnaryOperator<Step> change) {
        if (!has(attempt.step())) {
            return this;
        }
        Step step = step(attempt.step());
        boolean underWay = state instanceof RunState.Running && step.isRunning() && step.attempt() == attempt.attempt();
        return underWay ? with(change.apply(step)) : this;
    }

    /**
     * Does what follows from the present state: starts the steps that became ready, ends those that are complete, and
     * ends the run with its last or with its first failed step.
     */
    public PipelineRun advance(Serving serving, Instant at) {
        if (!(state instanceof RunState.Running) || failedStep().isPresent()) {
            return end(at);
        }
        PipelineRun run = this;
        for (StepName name : steps.keySet()) {
            run = run.begin(name, at).conclude(name, serving, at);
        }
        return run.end(at);
    }

    /** Fails the run before any of its steps began. */
    public PipelineRun refuse(Instant at, String reason) {
        return stopSteps(true, at, "the run was refused").to(running -> running.fail(at, reason));
    }

    /**
     * Stops the run and all of its steps.
     *
     * @throws IllegalTransitionException if it has ended
     */
    public PipelineRun cancel(Instant at, String reason) {
        return stopSteps(true, at, reason).to(running -> running.cancel(at, reason));
    }

    /**
     * Goes on from the steps that failed or were stopped, each with its next attempt.
     *
     * @throws IllegalTransitionException if it has not failed
     */
    public PipelineRun retry(Serving serving, Instant at) {
        if (!(state instanceof RunState.Failed)) {
            throw new IllegalTransitionException(state, "be retried");
        }
        if (failedStep().isEmpty()) {
            throw new IllegalTransitionException(state, "be retried, as it was refused before it began; ask again");
        }
        PipelineRun run = to(RunState::again).to(pending -> pending.start(at));
        for (StepName name : steps.keySet()) {
            Step step = run.step(name);
            if (step.state().ended() && !step.hasSucceeded()) {
                run = run.with(step.again());
            }
        }
        return run.advance(serving, at);
    }

    private PipelineRun begin(StepName name, Instant at) {
        boolean ready = step(name).state() instanceof RunState.Pending
                && name.needs().stream()
                        .filter(this::has)
                        .allMatch(need -> step(need).hasSucceeded());
        return ready ? with(step(name).started(at)) : this;
    }

    private PipelineRun conclude(StepName name, Serving serving, Instant at) {
        Step step = step(name);
        if (!step.isRunning()) {
            return this;
        }
        return switch (name) {
            case DEPLOY_BASE ->
                with(new DeployStep(this, name, StepName.PRETRAIN, StepName.EVALUATE_BASE).conclude(serving, at));
            case DEPLOY ->
                with(new DeployStep(this, name, StepName.FINE_TUNE, StepName.EVALUATE).conclude(serving, at));
            default -> step.isComplete() ? with(step.succeeded(at)) : this;
        };
    }

    private PipelineRun end(Instant at) {
        if (!(state instanceof RunState.Running)) {
            return this;
        }
        Optional<Step> failed = failedStep();
        if (failed.isPresent()) {
            String reason = failed.get().name().label() + ": "
                    + failed.get().state().reason().orElse("");
            return stopSteps(false, at, "the run failed in " + reason).to(running -> running.fail(at, reason));
        }
        boolean done = steps.values().stream().allMatch(Step::hasSucceeded);
        return done ? to(running -> running.succeed(at)) : this;
    }

    private Optional<Step> failedStep() {
        return steps.values().stream()
                .filter(step -> step.state() instanceof RunState.Failed)
                .findFirst();
    }

    /** Cancels what runs; pending steps too when nothing can go on later. */
    private PipelineRun stopSteps(boolean pendingToo, Instant at, String reason) {
        PipelineRun run = this;
        for (Step step : steps.values()) {
            if (step.isRunning() || (pendingToo && !step.state().ended())) {
                run = run.with(step.cancelled(at, reason));
            }
        }
        return run;
    }

    private PipelineRun with(Step after) {
        Step before = step(after.name());
        Map<StepName, Step> changed = new EnumMap<>(steps);
        changed.put(after.name(), after);
        boolean moved = !before.state().equals(after.state());
        return new PipelineRun(
                id, spec, createdAt, state, changed, moved ? noting(Transition.of(before, after)) : transitions);
    }

    private PipelineRun to(UnaryOperator<RunState> transition) {
        RunState after = transition.apply(state);
        return new PipelineRun(id, spec, createdAt, after, steps, noting(Transition.of(state, after)));
    }

    private List<Transition> noting(Transition transition) {
        List<Transition> all = new ArrayList<>(transitions);
        all.add(transition);
        return all;
    }
}
