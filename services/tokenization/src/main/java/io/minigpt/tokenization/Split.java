package io.minigpt.tokenization;

import java.util.Locale;

/** Which part of a dataset version a record belongs to. */
public enum Split {
    /** Learned from: {@code train.bin}. */
    TRAIN,
    /** Checkpoints are chosen by it: {@code val.bin}. */
    VALIDATION,
    /** In no token file, only in evaluation sets: results are reported on it. Imported sets stand here too. */
    REPORT;

    /** Its name in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The split with this {@link #text()}. @throws IllegalArgumentException if there is none */
    public static Split of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
