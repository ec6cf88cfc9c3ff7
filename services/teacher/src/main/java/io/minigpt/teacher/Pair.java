package io.minigpt.teacher;

import java.util.Objects;

/**
 * A question and its answer, cleaned and checked.
 *
 * @param question ends in its only question mark, which is full-width
 * @param answer has no question mark
 */
public record Pair(String question, String answer) {

    public Pair {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answer, "answer");
    }
}
