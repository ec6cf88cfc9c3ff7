package io.minigpt.teacher;

import java.util.Objects;

/**
 * A pair as a reply has it, before clean-up and checks.
 *
 * @param ordinal position in the reply, counted from 0
 * @param question empty when the reply has none
 * @param answer empty when the reply has none
 */
public record PairCandidate(int ordinal, String question, String answer) {

    public PairCandidate {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answer, "answer");
    }
}
