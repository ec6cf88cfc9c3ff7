package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NormalisationTest {

    private static final String ZERO_WIDTH_SPACE = "\u200B";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String ACUTE = "\u0301";

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("line ends", "a\r\nb\rc", "a\nb\nc"),
                Arguments.of("outer white space", "\u3000 太阳。\n", "太阳。"),
                Arguments.of("control characters", "a\u0007b\u0085c", "abc"),
                Arguments.of("tabs stay", "a\tb", "a\tb"),
                Arguments.of("zero-width characters", "x" + ZERO_WIDTH_SPACE + "y" + BYTE_ORDER_MARK + "z", "xyz"),
                Arguments.of("composition", "e" + ACUTE, "é"),
                Arguments.of("composition after removal", "e" + ZERO_WIDTH_SPACE + ACUTE, "é"),
                Arguments.of("pairs of surrogates stay", "😀", "😀"),
                Arguments.of("nothing visible", ZERO_WIDTH_SPACE + " \n", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void makesTextUniform(String what, String original, String uniform) {
        assertThat(Normalisation.STANDARD.of(original)).as(what).isEqualTo(uniform);
    }

    @Test
    void changesNothingMoreTheSecondTime() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String once = Normalisation.STANDARD.of(text(random));

            String twice = Normalisation.STANDARD.of(once);

            assertThat(twice).isEqualTo(once);
        }
    }

    static Stream<Arguments> recipes() {
        return Stream.of(
                Arguments.of(new Normalisation(false, true, true, true, true), "line-ends", "a\r\nb"),
                Arguments.of(new Normalisation(true, false, true, true, true), "controls", "a\u0007b"),
                Arguments.of(new Normalisation(true, true, false, true, true), "zero-width", "a\u200Bb"),
                Arguments.of(new Normalisation(true, true, true, false, true), "nfc", "e\u0301"),
                Arguments.of(new Normalisation(true, true, true, true, false), "outer-space", " a\n"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("recipes")
    void everyStepCanBeLeftOut(Normalisation recipe, String step, String text) {
        String uniform = recipe.of(text);

        assertThat(uniform).isEqualTo(text).isNotEqualTo(Normalisation.STANDARD.of(text));
        assertThat(recipe.recipe()).isEqualTo("normalisation-1 without " + step);
    }

    private static String text(Random random) {
        String alphabet = "ae\u0301\u0323\u0344\u1100\u1161\r\n\t \u200B\u3000\u0085\uFEFF太阳";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
