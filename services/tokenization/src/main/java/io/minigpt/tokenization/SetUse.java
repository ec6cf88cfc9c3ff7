package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import java.util.Arrays;
import java.util.Locale;

/** What an imported evaluation set is asked for. No question is asked for both. */
public enum SetUse {
    /** To report on: its questions stand neither in a validation split nor in a set to choose by. */
    REPORT,
    /** To choose a checkpoint by. */
    CHOOSE;

    /** Its name in the database, in files and in the REST interface. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The use with this {@link #text()}. @throws InvalidRequestException if there is none */
    public static SetUse of(String text) {
        return Arrays.stream(values())
                .filter(use -> use.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("use '" + text + "' is not report or choose"));
    }
}
