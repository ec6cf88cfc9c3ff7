package io.minigpt.gpt.text;

/** What counts as a text that has begun to repeat itself. The repeating unit has 2 to 50 characters. */
public enum RepetitionRule {
    /** Nothing does. */
    NONE(0),
    /** A unit with a letter or an ideograph that stands three times in a row, so that 2020 and 10000 do not. */
    SAFE(3),
    /** Any unit that stands twice in a row: the rule of the first MiniGPT. */
    SEED(2);

    private final int copies;

    RepetitionRule(int copies) {
        this.copies = copies;
    }

    /** How often the unit stands in a row. */
    int copies() {
        return copies;
    }
}
