package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.minigpt.platform.InvalidRequestException;
import java.util.Arrays;
import java.util.Locale;

/** What stands after each document of a pretraining version. */
public enum Separator {
    /** The one id that ends a text. */
    EOT,
    /** A line break. */
    NEWLINE;

    /** The separator of this name; the end of text if none is named. */
    @JsonCreator
    public static Separator of(String name) {
        return name == null || name.isEmpty()
                ? EOT
                : Arrays.stream(values())
                        .filter(separator -> separator.text().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidRequestException("separator '" + name + "' is not one of eot, newline"));
    }

    /** Its name. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
