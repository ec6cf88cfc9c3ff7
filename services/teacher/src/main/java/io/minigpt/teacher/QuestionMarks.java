package io.minigpt.teacher;

/** The rule that every question of a training set follows. */
final class QuestionMarks {

    private QuestionMarks() {}

    /** Whether the text ends in a full-width question mark and has no other question mark. */
    static boolean onlyAtTheEnd(String text) {
        return text.indexOf('？') == text.length() - 1 && text.length() > 1 && text.indexOf('?') < 0;
    }
}
