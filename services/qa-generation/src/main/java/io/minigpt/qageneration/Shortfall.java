package io.minigpt.qageneration;

import java.util.List;

/**
 * A passage for which too few pairs were found.
 *
 * @param start start of the passage in the document's text, in UTF-16 code units
 * @param end its end
 * @param reason what is missing, for people
 * @param callIds the calls that were made for it
 */
public record Shortfall(int start, int end, String reason, List<String> callIds) {

    public Shortfall {
        callIds = List.copyOf(callIds);
    }
}
