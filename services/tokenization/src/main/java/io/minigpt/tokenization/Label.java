package io.minigpt.tokenization;

import java.util.Locale;

/** What a model that learned a version knows of a record. */
public enum Label {
    /** Learned as it stands. */
    TRAINED,
    /** Held out; other wordings of it were learned. */
    VARIANT_OF_TRAINED,
    /** Held out; other pairs of the same document were learned. */
    SAME_DOCUMENT,
    /** Nothing of its document or family was learned. */
    UNSEEN;

    /** Its name in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label with this {@link #text()}. @throws IllegalArgumentException if there is none */
    public static Label of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
