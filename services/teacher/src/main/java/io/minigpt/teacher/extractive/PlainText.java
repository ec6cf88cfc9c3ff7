package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text operations that the rules share. */
final class PlainText {

    private static final String OPENING = "（([【〔";
    private static final String CLOSING = "）)]】〕";
    private static final String QUOTES_OPEN = "“「『《〈";
    private static final String QUOTES_CLOSE = "”」』》〉";
    private static final Pattern HALF_WIDTH_COMMA = Pattern.compile("(?<=[\\p{IsHan}》”」]) ?, ?(?=[\\p{IsHan}《“「])");
    private static final Pattern HALF_WIDTH_COLON = Pattern.compile("(?<=\\p{IsHan}):|:(?=\\p{IsHan})");
    private static final Pattern SPACE_AT_HAN =
            Pattern.compile("(?<=[\\p{IsHan}，、])\\s+(?=[\\p{IsHan}\\d《])|(?<=\\d)\\s+(?=\\p{IsHan})");
    private static final Pattern SPACE_AT_MARK = Pattern.compile("\\s+(?=[，。、；：？！》”])|(?<=[，。、；：？！《“])\\s+");
    private static final Pattern SENTENCE_END = Pattern.compile("[。；;！!…\\s]+(?=[”」』]?$)");

    private PlainText() {}

    /** A sentence as the rules want it: without glosses in brackets, stray spaces and its final mark. */
    static String plain(String sentence) {
        String text = withoutBrackets(sentence);
        text = HALF_WIDTH_COMMA.matcher(text).replaceAll("，");
        text = HALF_WIDTH_COLON.matcher(text).replaceAll("：");
        text = SPACE_AT_HAN.matcher(text).replaceAll("");
        text = SPACE_AT_MARK.matcher(text).replaceAll("");
        return SENTENCE_END.matcher(text.strip()).replaceAll("").strip();
    }

    /** Drops brackets and what is in them; an unmatched bracket goes alone. */
    static String withoutBrackets(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (OPENING.indexOf(c) >= 0) {
                int end = matching(text, at);
                at = end < 0 ? at + 1 : end + 1;
            } else {
                if (CLOSING.indexOf(c) < 0) {
                    kept.append(c);
                }
                at++;
            }
        }
        return kept.toString();
    }

    private static int matching(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (OPENING.indexOf(c) >= 0) {
                depth++;
            } else if (CLOSING.indexOf(c) >= 0 && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    /** The parts of a sentence between commas and colons that stand outside quotes and titles. */
    static List<String> clauses(String sentence) {
        List<String> clauses = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < sentence.length(); at++) {
            char c = sentence.charAt(at);
            if (QUOTES_OPEN.indexOf(c) >= 0) {
                depth++;
            } else if (QUOTES_CLOSE.indexOf(c) >= 0) {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && (c == '，' || c == '：')) {
                add(sentence.substring(start, at), clauses);
                start = at + 1;
            }
        }
        add(sentence.substring(start), clauses);
        return clauses;
    }

    /** Whether every quote and title that is opened is closed. */
    static boolean balanced(String text) {
        int depth = 0;
        int straight = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (QUOTES_OPEN.indexOf(c) >= 0) {
                depth++;
            } else if (QUOTES_CLOSE.indexOf(c) >= 0 && --depth < 0) {
                return false;
            } else if (c == '"') {
                straight++;
            }
        }
        return depth == 0 && straight % 2 == 0;
    }

    private static void add(String clause, List<String> into) {
        String stripped = clause.strip();
        if (!stripped.isEmpty()) {
            into.add(stripped);
        }
    }
}
