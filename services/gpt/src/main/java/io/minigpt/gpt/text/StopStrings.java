package io.minigpt.gpt.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ends a text before the first of some strings. What may be the beginning of one is withheld until it is known, and
 * nothing else is.
 */
public final class StopStrings {
    private final List<String> strings;
    private String withheld = "";
    private boolean found;

    /**
     * @throws IllegalArgumentException if one of the strings is empty or not well-formed: a text could then end within a
     *     character
     */
    public StopStrings(List<String> strings) {
        this.strings = List.copyOf(strings);
        for (String stop : strings) {
            if (stop.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(stop)) {
                throw new IllegalArgumentException("stop has \"" + stop + "\", but must be well-formed and not empty");
            }
        }
    }

    /** Takes a piece of text and returns what can be passed on; nothing more once one is {@link #found()}. */
    public String accept(String piece) {
        if (found || strings.isEmpty()) {
            return found ? "" : piece;
        }
        String text = withheld + piece;
        int end = strings.stream()
                .mapToInt(text::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElse(-1);
        found = end >= 0;
        int passed = found ? end : text.length() - longestBeginning(text);
        withheld = found ? "" : text.substring(passed);
        return text.substring(0, passed);
    }

    /** What was withheld and, the text having ended, is no stop string. */
    public String finish() {
        String rest = withheld;
        withheld = "";
        return rest;
    }

    /** Whether a stop string came. */
    public boolean found() {
        return found;
    }

    /** A whole text, cut before the first stop string. */
    public static String apply(List<String> strings, String text) {
        StopStrings stop = new StopStrings(strings);
        return stop.accept(text) + stop.finish();
    }

    /** The length of the longest end of the text with which a stop string begins. */
    private int longestBeginning(String text) {
        return strings.stream().mapToInt(stop -> beginning(text, stop)).max().orElse(0);
    }

    private static int beginning(String text, String stop) {
        int length = Math.min(stop.length() - 1, text.length());
        while (length > 0 && !text.regionMatches(text.length() - length, stop, 0, length)) {
            length--;
        }
        return length;
    }
}
