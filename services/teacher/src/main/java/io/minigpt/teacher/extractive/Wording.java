package io.minigpt.teacher.extractive;

import io.minigpt.teacher.CleanUp;
import io.minigpt.teacher.Grounds;
import io.minigpt.teacher.Pair;
import io.minigpt.teacher.PairCheck;
import io.minigpt.teacher.PairLimits;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last look at a draft: drops what does not read well or cannot be understood alone. */
final class Wording {

    private static final PairCheck CHECK = new PairCheck(new PairLimits(4, 60, 4, 200, 0.5, 0.5));
    private static final int LONGEST_QUESTION = 45;
    private static final int LONGEST_ANSWER = 120;
    private static final Pattern POINTING = Pattern.compile(Words.POINTING);
    private static final Pattern ANSWER_POINTING =
            Pattern.compile("^(?:因为)?(?:这|那(?!不勒)|此|该(?!死)|其(?!他|它)|它|他|她|前者|后者)");
    private static final Pattern DANGLING =
            Pattern.compile("(?:的|和|与|及|或|、|在|于|为|是|把|将|时|而|以及|并|从|对|向|至|之|即|如|包括|有|以后|之后|以前|之前|(?<!小|同|及|定|按|临)时)。$"
                    + "|以下|如下|下列|[该本][市县国镇区村省]");
    private static final Pattern BROKEN =
            Pattern.compile("[\"'“”]{2}|[（()）]|、[。，？]|，，|^[，、的]|的的|是是|在在|了了|[{}<>|=]|\\s[，。]");

    private Wording() {}

    /** The draft in its final form; empty when it is dropped. The answer has to be grounded in the source. */
    static Optional<Draft> smooth(Draft draft, String source) {
        String question = draft.question().strip();
        String answer = CleanUp.answer(draft.answer()).replaceFirst("[，、：]+。$", "。");
        boolean good = question.length() <= LONGEST_QUESTION
                && answer.length() <= LONGEST_ANSWER
                && !POINTING.matcher(question).find()
                && !ANSWER_POINTING.matcher(answer).find()
                && !DANGLING.matcher(answer).find()
                && !BROKEN.matcher(question).find()
                && !BROKEN.matcher(answer).find()
                && CHECK.check(new Pair(question, answer), Grounds.of(source)).isEmpty();
        return good
                ? Optional.of(new Draft(draft.kind(), question, answer, draft.score(), draft.sentence()))
                : Optional.empty();
    }
}
