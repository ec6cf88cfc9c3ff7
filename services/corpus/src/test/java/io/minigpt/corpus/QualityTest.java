package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QualityTest {

    private static final Quality STRICT = new Quality(5, 60, 0.5, 0.25, 0.15, 0.4, List.of("版权所有", "点击下载"));

    static Stream<Arguments> keptOut() {
        return Stream.of(
                Arguments.of(RejectReason.TEXT_TOO_SHORT, "太阳。"),
                Arguments.of(RejectReason.TEXT_TOO_LONG, "一二三四五六七八九十".repeat(7)),
                Arguments.of(RejectReason.NOT_CHINESE, "The sun is a star, 太阳。"),
                Arguments.of(RejectReason.REPEATED_LINES, "太阳是恒星。\n 太阳是恒星。\n月球是卫星。"),
                Arguments.of(RejectReason.REPEATED_PHRASES, "太阳是一颗恒星，它很亮。太阳是一颗恒星，它很亮。"),
                Arguments.of(RejectReason.BOILERPLATE, "太阳是恒星。\n本站版权所有，点击下载。"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keptOut")
    void keepsOutWithAReason(RejectReason reason, String text) {
        assertThatExceptionOfType(RefusedLineException.class)
                .isThrownBy(() -> STRICT.check(text))
                .withMessageStartingWith("'text' is kept out: ")
                .extracting(RefusedLineException::reason)
                .isEqualTo(reason);
    }

    @Test
    void takesAnOrdinaryText() {
        assertThatCode(() -> STRICT.check("太阳是位于太阳系中心的一颗恒星。\n月球绕地球转，版权所有。\n地球绕太阳转，一年一圈。"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keptOut")
    void takesEverythingUnlessItIsToldNotTo(RejectReason reason, String text) {
        assertThatCode(() -> Quality.ANY.check(text)).as(reason.code()).doesNotThrowAnyException();
    }

    @Test
    void measuresShares() {
        assertThat(Quality.chinese("太阳sun，。！")).isCloseTo(0.4, within(1e-9));
        assertThat(Quality.chinese("，。")).isZero();
        assertThat(Quality.repeatedLines("一二\n三四\n一二")).isCloseTo(0.25, within(1e-9));
        assertThat(Quality.repeatedPhrases("一".repeat(20))).isCloseTo(10.0 / 11, within(1e-9));
        assertThat(Quality.repeatedPhrases("一")).isZero();
    }
}
