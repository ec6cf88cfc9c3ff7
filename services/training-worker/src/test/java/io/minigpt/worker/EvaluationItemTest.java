package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationItemTest {

    @Test
    void aQuestionIsAskedAsInTraining() {
        EvaluationItem item = EvaluationItem.question(
                "1", "curated", "trained", "水是什么？", Optional.of("一种液体。"), 128, PairTemplate.STANDARD);

        assertThat(Tokenizer.gpt2().decode(item.prompt())).isEqualTo("Q: 水是什么？\nA:");
        assertThat(item.target()).endsWith(Tokenizer.END_OF_TEXT);
        assertThat(Tokenizer.gpt2().decode(item.target())).isEqualTo(" 一种液体。");
    }

    @Test
    void aQuestionMayHaveNoAnswer() {
        EvaluationItem item =
                EvaluationItem.question("1", "test", "unknown", "水是什么？", Optional.empty(), 128, PairTemplate.STANDARD);

        assertThat(item.hasReference()).isFalse();
        assertThat(item.target()).isEmpty();
    }

    @Test
    void aTextIsCutBetweenCodePoints() {
        // Given a character outside the basic plane, two UTF-16 units, as the last one of the prompt
        EvaluationItem item = EvaluationItem.continuation("1", "continuation", "trained", "ab😀cdef", 3, 64)
                .orElseThrow();

        assertThat(item.question()).isEqualTo("ab😀");
        assertThat(item.reference()).contains("cdef");
    }

    @Test
    void aReferenceEndsWithAWholeCharacter() {
        String text = "一二三四五六七八九十龘靐齉齾爩鱻麤龗灪吁龖厵滟爨癵籱饢驫鲡鹂鸾麣纞虋讟钃骊郁鸜麷鞻韽";

        for (int tokens = 1; tokens <= 40; tokens++) {
            EvaluationItem item = EvaluationItem.continuation("1", "continuation", "trained", text, 10, tokens)
                    .orElseThrow();

            assertThat(item.target().length).isLessThanOrEqualTo(tokens);
            if (tokens >= 3) {
                assertThat(text).contains(item.reference().orElseThrow());
            }
        }
    }

    @Test
    void aTextWithoutAnythingToContinueIsNoItem() {
        assertThat(EvaluationItem.continuation("1", "continuation", "trained", "短文", 2, 64))
                .isEmpty();
    }
}
