package io.minigpt.inference;

/** Why a generation ended. */
public enum FinishReason {
    /** The model ended it. */
    END_OF_TEXT,
    /** One of the caller's stop texts came. */
    STOP_TEXT,
    /** It reached its most tokens, or the context was full. */
    LENGTH,
    /** It began to repeat itself. */
    REPETITION,
    /** The caller gave it up. */
    CANCELLED
}
