package io.minigpt.corpus;

import java.text.Normalizer;

/**
 * Recipe {@value #RECIPE} of how a text is made uniform, without a change of meaning: line ends become LF; control and
 * zero-width characters go, but not line ends and tabs; Unicode NFC; outer white space goes. Applying it twice changes
 * nothing more.
 */
public final class Normalisation {

    /** Name of the recipe; part of a document's version. */
    public static final String RECIPE = "normalisation-1";

    private Normalisation() {}

    /** The text in its uniform form. */
    public static String of(String text) {
        String lines =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        // removal first: it can bring a letter and its combining mark together
        return trimmed(Normalizer.normalize(visible(lines), Normalizer.Form.NFC));
    }

    private static String visible(String text) {
        if (text.chars().noneMatch(Normalisation::removed)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(c -> !removed(c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    /** Whether a UTF-16 unit is a control or zero-width character; all of them are in the first plane. */
    private static boolean removed(int c) {
        return switch (c) {
            case '\n', '\t' -> false;
            // zero-width space, non-joiner and joiner; word joiner; byte order mark
            case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF -> true;
            default -> Character.getType(c) == Character.CONTROL;
        };
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && space(text.charAt(start))) {
            start++;
        }
        while (start < end && space(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean space(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
