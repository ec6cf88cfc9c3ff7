package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceMetricsTest {

    @ParameterizedTest
    @CsvSource({"水。, 水。, 1", "' 水。\n', 水。, 1", "水, 水。, 0", "caf\u00e9, cafe\u0301, 1", "'', '', 1"})
    void anExactMatchIsTheSameText(String answer, String reference, double expected) {
        assertThat(new ExactMatch().score(answer, reference)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // whatever the order
        "abc, cba, 1",
        // one of the two a counts: 2 * 2 / (3 + 2)
        "aab, ab, 0.8",
        "水火, 火山, 0.5",
        "'', 水, 0",
        "水, '', 0"
    })
    void characterF1CountsSharedCharacters(String answer, String reference, double expected) {
        assertThat(new CharacterF1().score(answer, reference)).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "太阳是恒星, 太阳是恒星, 1",
        "水, 水, 1",
        // precisions 3/4, (2+1)/(3+1), (1+1)/(2+1), (0+1)/(1+1): the fourth root of 0.1875
        "abcx, abcd, 0.658037",
        // all right, but 2 of 4 characters: exp(1 - 4/2)
        "ab, abcd, 0.367879",
        // Papineni et al. 2002, section 2.1: "the" seven times has a modified precision of 2/7; then 1/7, 1/6, 1/5
        "ttttttt, tcsotm, 0.192056",
        "火, 水, 0",
        "'', 水, 0"
    })
    void bleuIsThePrecisionOfUpToFourCharacters(String answer, String reference, double expected) {
        assertThat(new CharacterBleu().score(answer, reference)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void agreeWithImplementationsOfAnotherKind() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            String answer = RandomTexts.of(random);
            String reference = RandomTexts.of(random);

            assertThat(new CharacterF1().score(answer, reference))
                    .isCloseTo(
                            2.0 * struckOut(answer, reference, 1) / (answer.length() + reference.length()),
                            within(1e-12));
            assertThat(new CharacterBleu().score(answer, reference)).isCloseTo(bleu(answer, reference), within(1e-12));
        }
    }

    /** Strikes each sequence of the answer out of those of the reference, and counts how often that works. */
    private static int struckOut(String answer, String reference, int length) {
        List<String> left = pieces(reference, length);
        int struck = 0;
        for (String piece : pieces(answer, length)) {
            struck += left.remove(piece) ? 1 : 0;
        }
        return struck;
    }

    private static List<String> pieces(String text, int length) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from <= text.length() - length; from++) {
            pieces.add(text.substring(from, from + length));
        }
        return pieces;
    }

    private static double bleu(String answer, String reference) {
        double product = (double) struckOut(answer, reference, 1) / answer.length();
        for (int length = 2; length <= 4; length++) {
            product *= (struckOut(answer, reference, length) + 1.0)
                    / (pieces(answer, length).size() + 1);
        }
        return Math.pow(product, 0.25) * Math.min(1, Math.exp(1 - (double) reference.length() / answer.length()));
    }
}
