package io.minigpt.tokenization;

import java.util.Locale;

/** What a record is. */
public enum RecordKind {
    /** A document of a corpus. */
    DOCUMENT,
    /** A question with its answer that a person wrote. */
    CURATED,
    /** A pair that a teacher made from a document. */
    GENERATED,
    /** Another wording of a curated or generated pair. */
    VARIANT,
    /** A question of an imported evaluation set. */
    IMPORTED;

    /** Its name in the database, in events and in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #text()}. */
    public static RecordKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
