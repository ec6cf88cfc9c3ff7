package io.minigpt.teacher;

import java.util.regex.Pattern;

/**
 * The form that questions and answers have in a training set: a question has exactly one question mark, full-width, as
 * its last character; an answer has none, they become full stops.
 */
public final class CleanUp {

    private static final String QUESTION_END = " ?？。．.！!";
    private static final Pattern QUESTION_MARKS = Pattern.compile("\\s*[?？]+");
    private static final Pattern ASKS =
            Pattern.compile("什么|啥|何|谁|哪|几|多少|怎|如何|为什么|为何|是否|是不是|有没有|能不能|可不可以|多[大高长远深久重宽]|[吗呢]$");
    private static final Pattern FULL_STOPS = Pattern.compile("。{2,}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private CleanUp() {}

    /**
     * Ends the question in one full-width question mark. A statement without any question word stays as it is, and so
     * do question marks inside: both are for {@link PairCheck} to refuse.
     */
    public static String question(String raw) {
        String text = SPACE.matcher(raw.strip()).replaceAll(" ");
        int length = text.length();
        while (length > 0 && QUESTION_END.indexOf(text.charAt(length - 1)) >= 0) {
            length--;
        }
        String body = text.substring(0, length);
        String end = text.substring(length);
        boolean asks = end.indexOf('?') >= 0
                || end.indexOf('？') >= 0
                || ASKS.matcher(body).find();
        return asks && !body.isEmpty() ? body + "？" : text;
    }

    /** Turns question marks into full stops. */
    public static String answer(String raw) {
        String text = SPACE.matcher(raw.strip()).replaceAll(" ");
        return FULL_STOPS.matcher(QUESTION_MARKS.matcher(text).replaceAll("。")).replaceAll("。");
    }
}
