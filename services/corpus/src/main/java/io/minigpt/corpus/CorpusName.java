package io.minigpt.corpus;

import io.minigpt.platform.InvalidRequestException;
import java.util.regex.Pattern;

/**
 * Name of a corpus: part of paths, stream names and artifact keys.
 *
 * @param value lower-case letters, digits and dashes, at most 63, no dash in front
 */
public record CorpusName(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** @throws InvalidRequestException if the name has another form */
    public CorpusName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidRequestException("corpus name '" + value
                    + "' must be 1 to 63 lower-case letters, digits and dashes and not begin with a dash");
        }
    }

    /** Stream that numbers everything published about this corpus. */
    public String stream() {
        return "corpus/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
