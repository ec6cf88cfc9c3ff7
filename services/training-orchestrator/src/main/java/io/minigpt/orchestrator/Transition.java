package io.minigpt.orchestrator;

import java.util.Optional;

/**
 * A change of state that is not written yet.
 *
 * @param step the step whose state changed; empty for the run itself
 * @param from state before
 * @param to the step or run after it
 */
public record Transition(Optional<Step> step, RunState from, RunState to) {

    static Transition of(Step before, Step after) {
        return new Transition(Optional.of(after), before.state(), after.state());
    }

    static Transition of(RunState before, RunState after) {
        return new Transition(Optional.empty(), before, after);
    }
}
