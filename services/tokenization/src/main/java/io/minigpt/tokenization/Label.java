package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model that learned a version knows of a record. */
public enum Label {
    /** Learned as it stands. */
    TRAINED,
    /** Held out; other wordings of it were learned. */
    VARIANT_OF_TRAINED,
    /** Held out; other pairs of the same document were learned. */
    SAME_DOCUMENT,
    /** Its document was read in pretraining; no pair of it was learned. */
    READ_IN_PRETRAINING,
    /** Nothing of its document or family was learned. */
    UNSEEN;

    /** Its name in files and in the REST interface. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label with this {@link #text()}. @throws IllegalArgumentException if there is none */
    public static Label of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
