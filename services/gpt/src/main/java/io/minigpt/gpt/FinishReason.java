package io.minigpt.gpt;

/** Why a generation ended. */
public enum FinishReason {
    /** The model ended it. */
    STOP,
    /** It reached its most tokens, or the context was full. */
    LENGTH,
    /** It began to repeat itself. */
    REPETITION,
    /** The listener cancelled it. */
    CANCELLED
}
