package io.minigpt.teacher;

import java.util.ArrayList;
import java.util.List;

/** Cuts Chinese text into sentences. */
public final class Sentences {

    private static final String ENDS = "。！？!?；;…\n";
    private static final String CLOSING = "”’』」）)》】〉\"";

    private Sentences() {}

    /**
     * The sentences of a text with their offsets, white space around them left out. A sentence ends behind one of
     * {@code 。！？；…}, together with the closing quotes and brackets that follow, or at the end of a line.
     */
    public static List<Passage> in(String text) {
        List<Passage> sentences = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = endOfSentence(text, start);
            addStripped(text, start, end, sentences);
            start = end;
        }
        return sentences;
    }

    /** Offset behind the sentence that has the character at {@code from}. */
    static int endOfSentence(String text, int from) {
        int at = from;
        while (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        while (at < text.length() && ENDS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        while (at < text.length() && CLOSING.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    static void addStripped(String text, int start, int end, List<Passage> into) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            into.add(new Passage(text.substring(from, to), from, to));
        }
    }
}
