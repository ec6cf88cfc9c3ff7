package io.minigpt.teacher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which pairs of a reply are good. Every check has its own {@link PairReject}; a pair is refused for the first
 * one that it fails.
 */
public final class PairCheck {

    private static final Pattern ABOUT_THE_TEXT =
            Pattern.compile("本文|上文|下文|上述|短文|(^|[，,在据])文[中内]|[这该此本][段篇]|根据(文章|文本|段落|材料|资料|原文)");
    private static final Pattern OTHER_WORD = Pattern.compile("[\\p{IsLatin}]+|[0-9０-９.,]+");

    private final PairLimits limits;

    public PairCheck(PairLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Sorts a reply into cleaned pairs and refused ones.
     *
     * @param grounds the text that was asked about
     * @param known questions that are already accepted for the same document
     * @param wanted more good pairs than this are refused as {@link PairReject#SURPLUS}
     */
    public PairSelection select(ParsedPairs reply, Grounds grounds, Collection<String> known, int wanted) {
        List<Pair> accepted = new ArrayList<>();
        List<RejectedPair> rejected = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        known.forEach(question -> seen.add(QuestionKey.of(question)));
        for (PairCandidate candidate : reply.candidates()) {
            Pair pair = new Pair(CleanUp.question(candidate.question()), CleanUp.answer(candidate.answer()));
            Optional<RejectedPair> refused = check(pair, grounds);
            if (refused.isEmpty() && seen.contains(QuestionKey.of(pair.question()))) {
                refused = Optional.of(reject(PairReject.DUPLICATE, "this question was accepted before", pair));
            }
            if (refused.isEmpty() && accepted.size() == wanted) {
                refused = Optional.of(reject(PairReject.SURPLUS, wanted + " were asked for", pair));
            }
            if (refused.isPresent()) {
                RejectedPair reason = refused.get();
                rejected.add(
                        new RejectedPair(reason.reason(), reason.detail(), candidate.question(), candidate.answer()));
            } else {
                seen.add(QuestionKey.of(pair.question()));
                accepted.add(pair);
            }
        }
        for (String text : reply.unreadable()) {
            rejected.add(new RejectedPair(PairReject.NOT_JSON, "not a JSON object", text, ""));
        }
        return new PairSelection(accepted, rejected);
    }

    /** Checks one cleaned pair alone; empty when it is good. */
    public Optional<RejectedPair> check(Pair pair, Grounds grounds) {
        Optional<RejectedPair> refused = checkForm(pair);
        return refused.isPresent() ? refused : checkFacts(pair, grounds);
    }

    /** Checks the form of one cleaned pair, whatever text it is about; empty when it is good. */
    public Optional<RejectedPair> checkForm(Pair pair) {
        String question = pair.question();
        String answer = pair.answer();
        if (question.isBlank() || answer.isBlank()) {
            return refuse(PairReject.MISSING_FIELD, (question.isBlank() ? "question" : "answer") + " is empty", pair);
        }
        int length = question.codePointCount(0, question.length());
        if (length < limits.minQuestion() || length > limits.maxQuestion()) {
            return refuse(PairReject.QUESTION_LENGTH, length + " characters", pair);
        }
        length = answer.codePointCount(0, answer.length());
        if (length < limits.minAnswer() || length > limits.maxAnswer()) {
            return refuse(PairReject.ANSWER_LENGTH, length + " characters", pair);
        }
        if (!QuestionMarks.onlyAtTheEnd(question)) {
            return refuse(PairReject.QUESTION_MARK, "not exactly one full-width question mark at the end", pair);
        }
        double chinese = chineseShare(question);
        if (chinese < limits.minChinese()) {
            return refuse(PairReject.LANGUAGE, percent(chinese) + " Chinese", pair);
        }
        if (ABOUT_THE_TEXT.matcher(question).find()) {
            return refuse(PairReject.ABOUT_THE_TEXT, "asks about the text itself", pair);
        }
        if (Grounds.contains(question, answer)) {
            return refuse(PairReject.ANSWER_IN_QUESTION, "the question contains the answer", pair);
        }
        return Optional.empty();
    }

    private Optional<RejectedPair> checkFacts(Pair pair, Grounds grounds) {
        double share = grounds.share(pair.answer());
        if (share < limits.minGrounding()) {
            return refuse(PairReject.NOT_GROUNDED, percent(share) + " of it is in the text", pair);
        }
        Optional<String> number = grounds.unknownNumber(pair.answer());
        if (number.isPresent()) {
            return refuse(PairReject.NUMBER_NOT_IN_TEXT, number.get(), pair);
        }
        return grounds.unknownName(pair.answer()).map(name -> reject(PairReject.NAME_NOT_IN_TEXT, name, pair));
    }

    private static double chineseShare(String text) {
        String shortened = OTHER_WORD.matcher(text).replaceAll("a");
        long letters = shortened.codePoints().filter(Character::isLetter).count();
        long chinese = shortened
                .codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                .count();
        return letters == 0 ? 0 : (double) chinese / letters;
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    private static Optional<RejectedPair> refuse(PairReject reason, String detail, Pair pair) {
        return Optional.of(reject(reason, detail, pair));
    }

    private static RejectedPair reject(PairReject reason, String detail, Pair pair) {
        return new RejectedPair(reason, detail, pair.question(), pair.answer());
    }
}
