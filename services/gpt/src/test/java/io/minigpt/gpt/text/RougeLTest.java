package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RougeLTest {
    @ParameterizedTest
    @CsvSource({
        "太阳是恒星。, 太阳是恒星。, 1",
        // common subsequence of 5 characters: 2 * 5 / (6 + 7)
        "太阳是恒星。, 太阳是颗星。吗, 0.769231",
        "abc, cba, 0.333333",
        "' 太 阳 ', 太阳, 1",
        // e with an accent, composed and decomposed
        "caf\u00e9, cafe\u0301, 1",
        // one code point of two chars
        "𠮷a, 𠮷b, 0.5",
        "'', 太阳, 0",
        "'', '', 0",
        "星, 太阳, 0"
    })
    void isTheF1OfTheLongestCommonSubsequence(String answer, String reference, double expected) {
        assertThat(RougeL.score(answer, reference)).isCloseTo(expected, within(1e-6));
    }
}
