package io.minigpt.teacher;

import java.util.Locale;

/** What makes two questions the same question. */
public final class QuestionKey {

    private QuestionKey() {}

    /** The question without punctuation, white space and capital letters. */
    public static String of(String question) {
        return question.replaceAll("[\\s\\p{Punct}\\p{IsPunctuation}]+", "").toLowerCase(Locale.ROOT);
    }
}
