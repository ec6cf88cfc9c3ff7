package io.minigpt.tokenization;

import io.minigpt.gpt.text.PairTemplate;
import java.util.Objects;

/**
 * A text form of pairs that a freeze can name.
 *
 * @param name its file's name without ending
 * @param version first 16 hexadecimal digits of the sha256 of that file
 * @param form the form
 */
public record NamedTemplate(String name, String version, PairTemplate form) {

    /** Name of the template of those who name none. */
    public static final String USUAL = "qa";

    public NamedTemplate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(form, "form");
    }
}
