package io.minigpt.teacher;

import java.util.List;
import java.util.Objects;

/**
 * Asks for other wordings of a question, or of a question and its answer together, that keep the meaning.
 *
 * @param question the question to reword
 * @param answer its answer, which every variant must still have
 * @param answerToo whether the answer is reworded with the question
 * @param wanted how many variants, at least 1
 * @param known variants that are already accepted; the reply should have others
 * @param promptVersion version of the prompt template
 * @param attempt counted from 1
 * @param ordinal number of the first wanted variant among all variants of the question, counted from 0
 * @param hint what was wrong with the reply before, empty on the first attempt
 */
public record VariantsRequest(
        String question,
        String answer,
        boolean answerToo,
        int wanted,
        List<String> known,
        String promptVersion,
        int attempt,
        int ordinal,
        String hint)
        implements TeacherRequest {

    public VariantsRequest {
        if (question == null || question.isBlank()) {
            throw new IllegalArgumentException("question is empty: there is nothing to reword");
        }
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(promptVersion, "promptVersion");
        Objects.requireNonNull(hint, "hint (empty when there is none)");
        Requests.checkCounts(wanted, attempt);
        if (ordinal < 0) {
            throw new IllegalArgumentException("ordinal must not be negative, but is " + ordinal);
        }
        known = List.copyOf(known);
    }

    @Override
    public String subject() {
        return question;
    }

    /** The first request for a question. */
    public static VariantsRequest first(String question, String answer, int wanted, String promptVersion) {
        return new VariantsRequest(question, answer, false, wanted, List.of(), promptVersion, 1, 0, "");
    }

    /** The first request for a question together with its answer. */
    public static VariantsRequest together(String question, String answer, int wanted, String promptVersion) {
        return new VariantsRequest(question, answer, true, wanted, List.of(), promptVersion, 1, 0, "");
    }

    /** The request after a reply of which only some variants were good. */
    public VariantsRequest again(int missing, List<String> accepted, String whatWasWrong) {
        return new VariantsRequest(
                question,
                answer,
                answerToo,
                missing,
                accepted,
                promptVersion,
                attempt + 1,
                accepted.size(),
                whatWasWrong);
    }
}
