package io.minigpt.inference;

import io.minigpt.gpt.text.RepetitionRule;

/** What counts as a text that has begun to repeat itself, and therefore ends. */
public enum Repetition {
    /** A unit with a letter or an ideograph that stands three times in a row. */
    SAFE(RepetitionRule.SAFE),
    /** Any unit of 2 to 50 characters that stands twice in a row. */
    SEED(RepetitionRule.SEED),
    /** Nothing does. */
    OFF(RepetitionRule.NONE);

    private final RepetitionRule rule;

    Repetition(RepetitionRule rule) {
        this.rule = rule;
    }

    /** The engine's rule. */
    public RepetitionRule rule() {
        return rule;
    }
}
