package io.minigpt.gpt;

/** Why a generation ended. */
public enum FinishReason {
    /** The model ended it. */
    STOP,
    /** A stop string came. */
    STOP_STRING,
    /** It reached its most tokens, or the context was full. */
    LENGTH,
    /** It began to repeat itself. */
    REPETITION,
    /** The listener cancelled it. */
    CANCELLED
}
