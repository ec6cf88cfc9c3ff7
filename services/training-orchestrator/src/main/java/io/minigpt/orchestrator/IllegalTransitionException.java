package io.minigpt.orchestrator;

/** A run or step was asked to go where its state does not lead; the message names both. */
public class IllegalTransitionException extends RuntimeException {

    IllegalTransitionException(RunState from, String transition) {
        super("a run that is " + from.label() + " cannot " + transition);
    }
}
