package io.minigpt.qageneration.store;

import java.util.Locale;

/**
 * What a person said about a pair.
 *
 * @param question the person's question; empty unless edited
 * @param answer the person's answer; empty unless edited
 * @param note why, for people
 */
record Review(Verdict verdict, String question, String answer, String note) {

    enum Verdict {
        ACCEPTED,
        EDITED,
        REFUSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Verdict of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    static Review accepted() {
        return new Review(Verdict.ACCEPTED, "", "", "");
    }

    static Review edited(String question, String answer) {
        return new Review(Verdict.EDITED, question, answer, "");
    }

    static Review refused(String note) {
        return new Review(Verdict.REFUSED, "", "", note);
    }

    boolean refuses() {
        return verdict == Verdict.REFUSED;
    }
}
