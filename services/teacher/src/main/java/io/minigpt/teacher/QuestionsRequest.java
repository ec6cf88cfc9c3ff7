package io.minigpt.teacher;

import java.util.List;
import java.util.Objects;

/**
 * Asks for question-answer pairs about one passage.
 *
 * @param passage the text to ask about
 * @param context the longer passage that this text stands in; empty when it stands for itself
 * @param title the document's title, empty when it has none
 * @param wanted how many pairs, at least 1
 * @param known questions about this passage that are already accepted; the reply should have others
 * @param promptVersion version of the prompt template
 * @param attempt counted from 1
 * @param hint what was wrong with the reply before, empty on the first attempt
 */
public record QuestionsRequest(
        String passage,
        String context,
        String title,
        int wanted,
        List<String> known,
        String promptVersion,
        int attempt,
        String hint)
        implements TeacherRequest {

    public QuestionsRequest {
        if (passage == null || passage.isBlank()) {
            throw new IllegalArgumentException("passage is empty: there is nothing to ask about");
        }
        Objects.requireNonNull(context, "context (empty when there is none)");
        Objects.requireNonNull(title, "title (empty when there is none)");
        Objects.requireNonNull(promptVersion, "promptVersion");
        Objects.requireNonNull(hint, "hint (empty when there is none)");
        Requests.checkCounts(wanted, attempt);
        known = List.copyOf(known);
    }

    /** The first request for a passage. */
    public static QuestionsRequest first(String passage, String title, int wanted, String promptVersion) {
        return new QuestionsRequest(passage, "", title, wanted, List.of(), promptVersion, 1, "");
    }

    /** The first request for a sentence of a passage. */
    public static QuestionsRequest first(
            String sentence, String context, String title, int wanted, String promptVersion) {
        return new QuestionsRequest(sentence, context, title, wanted, List.of(), promptVersion, 1, "");
    }

    @Override
    public String subject() {
        return passage;
    }

    /** The request after a reply of which only some pairs were good. */
    public QuestionsRequest again(int missing, List<String> accepted, String whatWasWrong) {
        return new QuestionsRequest(
                passage, context, title, missing, accepted, promptVersion, attempt + 1, whatWasWrong);
    }
}
