package io.minigpt.teacher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which pairs of a reply, whose question and answer were rewritten together, are good: the question as
 * {@link VariantCheck} says, the answer other than before but not by much, with the same numbers and names.
 *
 * @param questions what a question must be like
 * @param maxAnswerDistance largest edit distance of an answer from the original, in code points, at least 1
 */
public record RewriteCheck(VariantCheck questions, int maxAnswerDistance) {

    public RewriteCheck {
        Objects.requireNonNull(questions, "questions");
        if (maxAnswerDistance < 1) {
            throw new IllegalArgumentException(
                    "the largest edit distance of an answer must be at least 1, but is " + maxAnswerDistance);
        }
    }

    /** One to four code points in the question, one to eight in the answer. */
    public static RewriteCheck standard() {
        return new RewriteCheck(VariantCheck.standard(), 8);
    }

    /**
     * Sorts a reply into cleaned pairs and refused ones.
     *
     * @param known questions that are already accepted
     * @param wanted more good pairs than this are refused as {@link VariantReject#SURPLUS}
     */
    public RewriteSelection select(ParsedPairs reply, Pair original, Collection<String> known, int wanted) {
        List<Pair> accepted = new ArrayList<>();
        List<RejectedVariant> rejected = new ArrayList<>();
        Set<String> seen = new HashSet<>(known);
        for (PairCandidate candidate : reply.candidates()) {
            Pair pair = new Pair(CleanUp.question(candidate.question()), CleanUp.answer(candidate.answer()));
            Optional<RejectedVariant> refused = check(pair, original);
            if (refused.isEmpty() && seen.contains(pair.question())) {
                refused = refuse(VariantReject.DUPLICATE, "equal to another variant", pair);
            }
            if (refused.isEmpty() && accepted.size() == wanted) {
                refused = refuse(VariantReject.SURPLUS, wanted + " were asked for", pair);
            }
            if (refused.isPresent()) {
                rejected.add(refused.get());
            } else {
                seen.add(pair.question());
                accepted.add(pair);
            }
        }
        return new RewriteSelection(accepted, rejected);
    }

    /** Checks one cleaned pair alone; empty when it is good. */
    public Optional<RejectedVariant> check(Pair pair, Pair original) {
        Optional<RejectedVariant> question = questions.check(pair.question(), original.question());
        return question.isPresent() ? question : checkAnswer(pair, original.answer());
    }

    private Optional<RejectedVariant> checkAnswer(Pair pair, String original) {
        String answer = pair.answer();
        if (answer.isBlank()) {
            return refuse(VariantReject.EMPTY, "no answer", pair);
        }
        int distance = EditDistance.upTo(maxAnswerDistance, answer, original);
        if (distance == 0) {
            return refuse(VariantReject.ANSWER_UNCHANGED, "the original answer", pair);
        }
        if (distance > maxAnswerDistance) {
            return refuse(VariantReject.ANSWER_TOO_FAR, "edit distance above " + maxAnswerDistance, pair);
        }
        if (!Tokens.sameNumbers(answer, original)) {
            return refuse(VariantReject.NUMBER_LOST, "the answer's numbers differ from the original's", pair);
        }
        if (!Tokens.sameNames(answer, original)) {
            return refuse(VariantReject.NAME_LOST, "the answer's names differ from the original's", pair);
        }
        return Optional.empty();
    }

    private static Optional<RejectedVariant> refuse(VariantReject reason, String detail, Pair pair) {
        return Optional.of(new RejectedVariant(reason, detail, pair.question()));
    }
}
