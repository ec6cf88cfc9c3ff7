package io.minigpt.corpus;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * How a text is made uniform, without a change of meaning. The steps are done in the order of the components; applying a
 * recipe twice changes nothing more.
 *
 * @param lineEnds CR and CR LF become LF
 * @param controls control characters go, but not line ends and tabs
 * @param zeroWidth zero-width characters go
 * @param nfc Unicode's composed form
 * @param outerSpace white space at both ends goes
 */
public record Normalisation(boolean lineEnds, boolean controls, boolean zeroWidth, boolean nfc, boolean outerSpace) {

    /** Every step. */
    public static final Normalisation STANDARD = new Normalisation(true, true, true, true, true);

    private static final String NAME = "normalisation-1";

    static Normalisation of(CorpusConfig.Steps steps) {
        return new Normalisation(
                steps.lineEnds(), steps.controls(), steps.zeroWidth(), steps.nfc(), steps.outerSpace());
    }

    /** Name of the recipe, part of a document's version: another recipe makes another version. */
    public String recipe() {
        List<String> missing = new ArrayList<>();
        note(missing, lineEnds, "line-ends");
        note(missing, controls, "controls");
        note(missing, zeroWidth, "zero-width");
        note(missing, nfc, "nfc");
        note(missing, outerSpace, "outer-space");
        return missing.isEmpty() ? NAME : NAME + " without " + String.join(", ", missing);
    }

    /** The text in its uniform form. */
    public String of(String text) {
        String lines =
                lineEnds && text.indexOf('\r') >= 0 ? text.replace("\r\n", "\n").replace('\r', '\n') : text;
        // removal first: it can bring a letter and its combining mark together
        String visible = visible(lines);
        String composed = nfc ? Normalizer.normalize(visible, Normalizer.Form.NFC) : visible;
        return outerSpace ? trimmed(composed) : composed;
    }

    private static void note(List<String> missing, boolean step, String name) {
        if (!step) {
            missing.add(name);
        }
    }

    private String visible(String text) {
        int first = 0;
        while (first < text.length() && !removed(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            if (!removed(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** Whether a UTF-16 unit is a control or zero-width character; all of them are in the first plane. */
    private boolean removed(char c) {
        if (c >= 0x3000 && c != 0xFEFF) {
            return false;
        }
        return switch (c) {
            case '\n', '\t' -> false;
            // a line end, if those are left as they are
            case '\r' -> controls && lineEnds;
            // zero-width space, non-joiner and joiner; word joiner; byte order mark
            case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF -> zeroWidth;
            default -> controls && (c < 0x20 || c >= 0x7F && c < 0xA0);
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
