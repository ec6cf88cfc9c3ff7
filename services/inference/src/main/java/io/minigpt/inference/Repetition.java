package io.minigpt.inference;

/** What counts as a text that has begun to repeat itself, and therefore ends. */
public enum Repetition {
    /** A unit with a letter or an ideograph that stands three times in a row. */
    SAFE,
    /** Any unit of 2 to 50 characters that stands twice in a row. */
    SEED,
    /** Nothing does. */
    OFF
}
