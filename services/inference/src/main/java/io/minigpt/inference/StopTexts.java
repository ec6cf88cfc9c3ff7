package io.minigpt.inference;

import java.util.List;

/**
 * Ends a text before the first of the caller's stop texts. What may be the beginning of one is withheld until it is
 * known.
 */
final class StopTexts {

    private final List<String> texts;
    private String withheld = "";
    private boolean found;

    StopTexts(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /** Takes a piece and returns what can be passed on; nothing more once {@link #found()}. */
    String accept(String piece) {
        if (found) {
            return "";
        }
        String text = withheld + piece;
        int end = texts.stream()
                .mapToInt(text::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElse(-1);
        if (end >= 0) {
            found = true;
            withheld = "";
            return text.substring(0, end);
        }
        int kept = text.length() - longestBeginning(text);
        withheld = text.substring(kept);
        return text.substring(0, kept);
    }

    /** What was withheld and, the text having ended, is no stop text. */
    String finish() {
        String rest = withheld;
        withheld = "";
        return rest;
    }

    /** Whether a stop text came. */
    boolean found() {
        return found;
    }

    /** Length of the longest end of the text that a stop text begins with. */
    private int longestBeginning(String text) {
        return texts.stream()
                .mapToInt(stop -> {
                    int length = Math.min(stop.length() - 1, text.length());
                    while (length > 0 && !text.regionMatches(text.length() - length, stop, 0, length)) {
                        length--;
                    }
                    return length;
                })
                .max()
                .orElse(0);
    }
}
