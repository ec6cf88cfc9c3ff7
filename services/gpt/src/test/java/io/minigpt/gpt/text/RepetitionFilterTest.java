package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RepetitionFilterTest {
    @ParameterizedTest
    @CsvSource({
        "SEED, 太阳是恒星太阳是恒星太阳, 太阳是恒星",
        "SEED, 在2020年, 在20",
        "SEED, 啊啊啊, 啊啊啊",
        "SEED, 啊啊啊啊, 啊啊",
        "SAFE, 太阳是恒星太阳是恒星太阳, 太阳是恒星太阳是恒星太阳",
        "SAFE, 好的好的好的好的吗, 好的",
        "SAFE, 在2020年有10000000人, 在2020年有10000000人",
        "SAFE, 3.141414141414, 3.141414141414",
        "SAFE, aaaaaa, aa",
        "NONE, 好的好的好的好的, 好的好的好的好的"
    })
    void keepsTheFirstUnitAndDropsWhatFollows(RepetitionRule rule, String text, String expected) {
        assertThat(RepetitionFilter.apply(rule, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void piecesGiveWhatTheWholeTextGives(RepetitionRule rule) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            String text = random.ints(60, 0, 3)
                    .mapToObj("星𠮷1"::codePointAt)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            RepetitionFilter filter = new RepetitionFilter(rule);
            StringBuilder passed = new StringBuilder();

            text.codePoints().mapToObj(Character::toString).forEach(piece -> passed.append(filter.accept(piece)));
            passed.append(filter.finish());

            assertThat(passed.toString()).isEqualTo(RepetitionFilter.apply(rule, text));
        }
    }

    @Test
    void textThatCannotRepeatIsPassedOnAtOnce() {
        RepetitionFilter filter = new RepetitionFilter(RepetitionRule.SAFE);

        assertThat(filter.accept("太阳是一颗恒星")).isEqualTo("太阳是一颗恒星");
        assertThat(filter.accept("星星")).isEqualTo("星");
        assertThat(filter.accept("。")).isEqualTo("星。");
        assertThat(filter.repeats()).isFalse();
    }
}
