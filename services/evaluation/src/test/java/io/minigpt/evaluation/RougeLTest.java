package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.text.similarity.LongestCommonSubsequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RougeLTest {

    private final RougeL metric = new RougeL();

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
        assertThat(metric.score(answer, reference)).isCloseTo(expected, within(1e-6));
    }

    /**
     * The examples of Lin 2004, sections 3.1 and 3.3, a letter for each word: police killed the gunman is PKTG; S2 is
     * "police kill the gunman", S3 "the gunman kill police", S4 "the gunman police killed".
     */
    @ParameterizedTest
    @CsvSource({
        "PkTG, PKTG, 0.75",
        "TGkP, PKTG, 0.5",
        "TGPK, PKTG, 0.5",
        "ABCDHIK, ABCDEFG, 0.571429",
        "AHBKCID, ABCDEFG, 0.571429"
    })
    void givesWhatItsPaperGives(String candidate, String reference, double expected) {
        assertThat(metric.score(candidate, reference)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void agreesWithCommonsText() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            String answer = RandomTexts.of(random);
            String reference = RandomTexts.of(random);

            double common = new LongestCommonSubsequence().apply(answer, reference);
            assertThat(metric.score(answer, reference))
                    .as("%s against %s", answer, reference)
                    .isCloseTo(2 * common / (answer.length() + reference.length()), within(1e-12));
        }
    }
}
