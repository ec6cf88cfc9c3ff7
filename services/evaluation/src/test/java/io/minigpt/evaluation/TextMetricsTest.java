package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMetricsTest {

    @ParameterizedTest
    @CsvSource({
        // of abcd bcda cdab dabc abcd one stood before
        "abcdabcd, 0.2",
        "水水水水水水, 0.666667",
        "abcde, 0",
        "abc, 0",
        "'', 0"
    })
    void repetitionIsTheShareOfSequencesThatStoodBefore(String text, double expected) {
        assertThat(new RepetitionRate().score(text)).isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"水。𠮷, 1", "'水\n\t', 1", "水\uFFFD, 0.5", "水\u0007火山, 0.75", "\uE000水, 0.5", "\uD842水, 0.5", "'', 1"})
    void replacementControlAndUnassignedCharactersAreNotValid(String text, double expected) {
        assertThat(new ValidCharacters().score(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"水是1号。, 1", "水 H, 0.5", "𠮷, 1", "カ水, 0.5", "42。, 0", "'', 0"})
    void chineseIsWhatIsWrittenInHan(String text, double expected) {
        assertThat(new ChineseCharacters().score(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"水<|endoftext|>, 1", "水<|ENDOFTEXT, 1", "水|end, 0", "水, 0"})
    void theEndTokenLeaksAsText(String text, double expected) {
        assertThat(new EndTokenLeak().score(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "' \u3000\n', 1", "水, 0"})
    void anAnswerOfWhiteSpaceIsEmpty(String text, double expected) {
        assertThat(new EmptyAnswer().score(text)).isEqualTo(expected);
    }

    @Test
    void distinctCountsOverAllAnswersOfASet() {
        // a b a c: 3 of 4; ab, ac: 2 of 2
        assertThat(new Distinct(1).score(List.of("ab", "ac"))).isEqualTo(0.75);
        assertThat(new Distinct(2).score(List.of("ab", "ac"))).isEqualTo(1);
        assertThat(new Distinct(2).score(List.of("a", ""))).isZero();
    }

    @Test
    void agreeWithImplementationsOfAnotherKind() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < 300; i++) {
            String text = RandomTexts.of(random) + RandomTexts.of(random);

            assertThat(new RepetitionRate().score(text)).isCloseTo(repeated(text, 4), within(1e-12));
            assertThat(new Distinct(2).score(List.of(text))).isCloseTo(1 - repeated(text, 2), within(1e-12));
        }
    }

    @Test
    void anAnswerWithoutReferenceHasTheScoresOfItsTextAlone() {
        Map<String, Double> scores = AnswerMetrics.score("水", "水水", Optional.empty());

        assertThat(scores)
                .containsOnlyKeys(
                        "repetition", "valid_characters", "chinese_characters", "end_token_leak", "empty_answer");
    }

    private static double repeated(String text, int length) {
        Set<String> seen = new HashSet<>();
        int all = 0;
        int before = 0;
        for (int from = 0; from + length <= text.length(); from++) {
            all++;
            before += seen.add(text.substring(from, from + length)) ? 0 : 1;
        }
        return all == 0 ? 0 : (double) before / all;
    }
}
