package io.minigpt.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.teacher.RewriteCheck;
import io.minigpt.teacher.VariantReject;
import io.minigpt.teacher.VariantsRequest;
import org.junit.jupiter.api.Test;

class RewordingTest {

    private static final Parent PARENT =
            new Parent("q1", "samples", ParentSource.CURATED, "q1", 1, 0, "太阳由什么组成？", "氢和氦。");

    private final MemoryLedger ledger = new MemoryLedger();

    @Test
    void oneGoodReplyIsEnough() throws InterruptedException {
        ScriptedTeacher teacher = new ScriptedTeacher("太阳由啥组成？\n太阳是由什么组成的？\n太阳由何组成？");

        Findings findings = rewording(teacher, 3).of(PARENT, ledger);

        assertThat(findings.variants())
                .extracting(Variant::question)
                .containsExactly("太阳由啥组成？", "太阳是由什么组成的？", "太阳由何组成？");
        assertThat(findings.refusals()).isEmpty();
        assertThat(teacher.asked()).hasSize(1);
    }

    @Test
    void onlyWhatIsMissingIsAskedAgain() throws InterruptedException {
        ScriptedTeacher teacher =
                new ScriptedTeacher("太阳由啥组成？\n太阳由什么组成？\n这个问题完全不一样了吧？", "太阳由啥组成？\n太阳由何组成？", "请问太阳由什么组成？");

        Findings findings = rewording(teacher, 3).of(PARENT, ledger);

        assertThat(findings.variants())
                .extracting(Variant::question)
                .containsExactly("太阳由啥组成？", "太阳由何组成？", "请问太阳由什么组成？");
        assertThat(findings.refusals())
                .extracting(refusal -> refusal.variant().reason())
                .containsExactly(VariantReject.UNCHANGED, VariantReject.TOO_FAR, VariantReject.DUPLICATE);
        assertThat(teacher.asked()).extracting(VariantsRequest::wanted).containsExactly(3, 2, 1);
        assertThat(teacher.asked()).extracting(VariantsRequest::attempt).containsExactly(1, 2, 3);
        assertThat(teacher.asked().get(2).known()).containsExactly("太阳由啥组成？", "太阳由何组成？");
        assertThat(teacher.asked().get(1).hint()).isNotEmpty();
    }

    @Test
    void afterTheLastAttemptItHasFewer() throws InterruptedException {
        ScriptedTeacher teacher = new ScriptedTeacher("", "太阳由啥组成？", "无话可说", "对不起");

        Findings findings = rewording(teacher, 3).of(PARENT, ledger);

        assertThat(findings.variants()).extracting(Variant::question).containsExactly("太阳由啥组成？");
        assertThat(teacher.asked()).hasSize(4);
    }

    @Test
    void whatWasAskedIsNotAskedAgain() throws InterruptedException {
        ScriptedTeacher first = new ScriptedTeacher("太阳由啥组成？", "太阳由何组成？");
        Findings before = rewording(first, 2).of(PARENT, ledger);
        ScriptedTeacher second = new ScriptedTeacher();

        Findings after = rewording(second, 2).of(PARENT, ledger);

        assertThat(after).isEqualTo(before);
        assertThat(first.asked()).hasSize(2);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void questionAndAnswerAreRewordedTogether() throws InterruptedException {
        ScriptedTeacher teacher = new ScriptedTeacher("""
                {"question": "太阳由啥组成？", "answer": "是氢和氦。"}
                {"question": "太阳由何组成？", "answer": "氢和氦。"}
                {"question": "请问太阳由什么组成？", "answer": "组成太阳的东西有很多很多种，最多的是氢。"}
                {"question": "太阳由什么构成？", "answer": "是2种：氢和氦。"}
                """, "{\"question\": \"太阳由何组成？\", \"answer\": \"有氢和氦。\"}");

        Findings findings =
                new Rewording(Recipe.PAIR, teacher, "prompt-2", 2, 4, RewriteCheck.standard()).of(PARENT, ledger);

        assertThat(findings.variants())
                .containsExactly(
                        new Variant(Recipe.PAIR, "prompt-2", 0, "太阳由啥组成？", "是氢和氦。"),
                        new Variant(Recipe.PAIR, "prompt-2", 1, "太阳由何组成？", "有氢和氦。"));
        assertThat(findings.refusals())
                .extracting(refusal -> refusal.variant().reason())
                .containsExactly(
                        VariantReject.ANSWER_UNCHANGED, VariantReject.ANSWER_TOO_FAR, VariantReject.NUMBER_LOST);
        assertThat(teacher.asked())
                .allSatisfy(request -> assertThat(request.answerToo()).isTrue());
        assertThat(teacher.asked().get(1).hint()).contains("答案");
    }

    private static Rewording rewording(ScriptedTeacher teacher, int wanted) {
        return new Rewording(Recipe.QUESTION, teacher, "prompt-1", wanted, 4, RewriteCheck.standard());
    }
}
