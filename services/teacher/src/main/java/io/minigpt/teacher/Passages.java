package io.minigpt.teacher;

import java.util.ArrayList;
import java.util.List;

/** Splits a document into the passages that a teacher is asked about. */
public final class Passages {

    /** Longest passage, in UTF-16 units. */
    public static final int STANDARD_LIMIT = 1_600;

    private Passages() {}

    /**
     * Splits a text into passages of at most {@code limit} UTF-16 units, in order, without overlap, that together hold
     * all of it but the white space between them. A text within the limit is one passage. A longer one is cut at
     * sentence ends into about equal parts; a sentence longer than the limit is cut where it must be, never inside a
     * code point.
     *
     * @param limit at least 2
     */
    public static List<Passage> split(String text, int limit) {
        if (limit < 2) {
            throw new IllegalArgumentException("limit must be at least 2, but is " + limit);
        }
        List<Passage> passages = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start, limit);
            Sentences.addStripped(text, start, end, passages);
            start = end;
        }
        return passages;
    }

    private static int end(String text, int start, int limit) {
        int left = text.length() - start;
        if (left <= limit) {
            return text.length();
        }
        int target = start + left / ((left + limit - 1) / limit);
        int before = start;
        int next = Sentences.endOfSentence(text, start);
        while (next < target) {
            before = next;
            next = Sentences.endOfSentence(text, next);
        }
        if (next - start <= limit) {
            return next;
        }
        if (before > start) {
            return before;
        }
        int cut = start + limit;
        return Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
    }
}
