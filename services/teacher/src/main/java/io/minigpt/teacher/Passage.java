package io.minigpt.teacher;

/**
 * A part of a document's text.
 *
 * @param text equal to {@code document.substring(start, end)}
 * @param start offset of its first character in UTF-16 units, as {@link String} counts
 * @param end offset behind its last character in UTF-16 units
 */
public record Passage(String text, int start, int end) {

    public Passage {
        if (start < 0 || end - start != text.length()) {
            throw new IllegalArgumentException(
                    "passage of " + text.length() + " characters cannot lie at " + start + ".." + end);
        }
    }
}
