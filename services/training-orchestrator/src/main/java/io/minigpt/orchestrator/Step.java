package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.event.v1.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A step of a pipeline run at its present attempt.
 *
 * @param name which step
 * @param attempt from 1; only what belongs to this attempt changes it
 * @param state where it stands
 * @param figures how far it is
 * @param reported whether the run behind it has reported success; what it hands on may still be under way
 * @param output what it hands to later steps, once known
 */
public record Step(
        StepName name, int attempt, RunState state, Figures figures, boolean reported, Optional<Message> output) {

    public Step {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(output, "output");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt " + attempt + " must be at least 1");
        }
    }

    static Step pending(StepName name, int attempt) {
        return new Step(name, attempt, new RunState.Pending(), Figures.NONE, false, Optional.empty());
    }

    /** Brings its figures up to date; figures that are behind what is known change nothing. */
    public Step progressed(Figures newer) {
        return reported || newer.done() < figures.done() ? this : with(figures.updated(newer));
    }

    /** Notes that the run behind it succeeded. */
    public Step reported(Figures last) {
        return reported
                ? this
                : new Step(name, attempt, state, figures.updated(last).complete(), true, output);
    }

    /** Notes what it hands to later steps. */
    public Step handingOn(Message result, Figures last) {
        Figures known = new Figures(
                figures.done(), figures.total(), figures.updated(last).details());
        return output.isPresent() ? this : new Step(name, attempt, state, known, reported, Optional.of(result));
    }

    /**
     * Applies the end of the run behind it.
     *
     * @param success what a success changes
     */
    public Step after(Outcome outcome, String reason, Instant at, UnaryOperator<Step> success) {
        return switch (outcome) {
            case OUTCOME_SUCCEEDED -> success.apply(this);
            case OUTCOME_CANCELLED -> failed(at, reason.isEmpty() ? "was cancelled" : "was cancelled: " + reason);
            case OUTCOME_FAILED, OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                failed(at, reason.isEmpty() ? "no reason was given" : reason);
        };
    }

    Step failed(Instant at, String reason) {
        return to(state -> state.fail(at, reason));
    }

    Step started(Instant at) {
        return to(state -> state.start(at));
    }

    Step succeeded(Instant at) {
        return to(state -> state.succeed(at));
    }

    Step cancelled(Instant at, String reason) {
        return to(state -> state.cancel(at, reason));
    }

    /** The next attempt. */
    Step again() {
        return new Step(name, attempt + 1, state.again(), Figures.NONE, false, Optional.empty());
    }

    boolean isRunning() {
        return state instanceof RunState.Running;
    }

    boolean hasSucceeded() {
        return state instanceof RunState.Succeeded;
    }

    /** Whether everything is there that makes it a success. */
    boolean isComplete() {
        return reported && (output.isPresent() || name.output().isEmpty());
    }

    /** What it handed on. @throws IllegalStateException if that is something else or not known yet */
    <M extends Message> M output(Class<M> type) {
        return output.filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new IllegalStateException(
                        "step " + name.label() + " has no " + type.getSimpleName() + " to hand on"));
    }

    private Step with(Figures newer) {
        return new Step(name, attempt, state, newer, reported, output);
    }

    private Step to(UnaryOperator<RunState> transition) {
        return new Step(name, attempt, transition.apply(state), figures, reported, output);
    }
}
