package io.minigpt.teacher;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Levenshtein distance over code points, so that a character outside the basic plane counts once. */
public final class EditDistance {

    private EditDistance() {}

    /** Fewest insertions, deletions and replacements of one code point that turn one text into the other. */
    public static int between(String left, String right) {
        return upTo(Math.max(left.length(), right.length()), left, right);
    }

    /**
     * The same where only a small distance matters: anything beyond {@code limit} is {@code limit + 1}, and found in time
     * proportional to the texts' length.
     *
     * @param limit at least 0
     */
    static int upTo(int limit, String left, String right) {
        Map<Integer, Character> alphabet = new HashMap<>();
        int distance = new LevenshteinDistance(limit).apply(recode(left, alphabet), recode(right, alphabet));
        return distance < 0 ? limit + 1 : distance;
    }

    /** The library counts UTF-16 units: give every code point one of its own. */
    private static String recode(String text, Map<Integer, Character> alphabet) {
        StringBuilder units = new StringBuilder(text.length());
        text.codePoints().forEach(c -> units.append((char) alphabet.computeIfAbsent(c, any -> (char) alphabet.size())));
        return units.toString();
    }
}
