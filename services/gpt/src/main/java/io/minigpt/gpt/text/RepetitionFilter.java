package io.minigpt.gpt.text;

import java.util.Arrays;

/**
 * Ends a text where it begins to repeat itself: the first unit stays, everything after it goes. Text is passed on as
 * soon as no later character can make it part of a repeat, so only a live partial repeat is withheld.
 */
public final class RepetitionFilter {
    private static final int SHORTEST_UNIT = 2;
    private static final int LONGEST_UNIT = 50;

    private final RepetitionRule rule;
    /** For each unit length, how many of the last characters equal the character one unit earlier. */
    private final int[] matched = new int[LONGEST_UNIT + 1];

    private int[] characters = new int[256];
    private int length;
    private int passedOn;
    private boolean repeats;

    public RepetitionFilter(RepetitionRule rule) {
        this.rule = rule;
    }

    /** Takes a piece of text and returns what can be passed on; nothing more once {@link #repeats()}. */
    public String accept(String piece) {
        piece.codePoints().forEachOrdered(this::add);
        return passOn(repeats ? length : length - withheld());
    }

    /** What was withheld and, the text having ended, is no repeat. */
    public String finish() {
        return passOn(length);
    }

    /** Whether a repeat was found, so that generation can end. */
    public boolean repeats() {
        return repeats;
    }

    /** A whole text, cut where it begins to repeat itself. */
    public static String apply(RepetitionRule rule, String text) {
        RepetitionFilter filter = new RepetitionFilter(rule);
        return filter.accept(text) + filter.finish();
    }

    private void add(int character) {
        if (repeats) {
            return;
        }
        if (length == characters.length) {
            characters = Arrays.copyOf(characters, 2 * length);
        }
        characters[length++] = character;
        if (rule == RepetitionRule.NONE) {
            return;
        }
        for (int unit = SHORTEST_UNIT; unit <= LONGEST_UNIT && !repeats; unit++) {
            boolean same = length > unit && characters[length - 1 - unit] == character;
            matched[unit] = same ? matched[unit] + 1 : 0;
            if (matched[unit] >= unit * (rule.copies() - 1) && counts(unit)) {
                repeats = true;
                length -= matched[unit];
            }
        }
    }

    /** Whether the unit from which the last characters are copied is one that may not repeat. */
    private boolean counts(int unit) {
        int end = length - matched[unit];
        return rule == RepetitionRule.SEED
                || Arrays.stream(characters, end - unit, end)
                        .anyMatch(character -> Character.isLetter(character) || Character.isIdeographic(character));
    }

    private int withheld() {
        int longest = 0;
        for (int unit = SHORTEST_UNIT; unit <= LONGEST_UNIT; unit++) {
            if (matched[unit] > longest && counts(unit)) {
                longest = matched[unit];
            }
        }
        return longest;
    }

    private String passOn(int end) {
        String text = new String(characters, passedOn, end - passedOn);
        passedOn = end;
        return text;
    }
}
