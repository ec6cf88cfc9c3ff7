package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantCheckTest {

    private static final String ORIGINAL = "《史记》里的DNA在1953年共有一百一十八种吗？";
    private static final VariantCheck CHECK = VariantCheck.standard();

    @ParameterizedTest
    @CsvSource({
        "水是什么？, 水是什么？, UNCHANGED",
        "水是什么？, 水是啥, QUESTION_MARK",
        "水是什么？, 水是啥?, QUESTION_MARK",
        "水是什么？, 水？是啥？, QUESTION_MARK",
        "水是什么？, 请你告诉我水是什么？, TOO_FAR",
        "1953年发现了什么？, 1954年发现了什么？, NUMBER_LOST",
        "1953年发现了什么？, 53年发现了什么？, NUMBER_LOST",
        "共有一百一十八种吗？, 共有一百一十九种吗？, NUMBER_LOST",
        "DNA是什么？, RNA是什么？, NAME_LOST",
        "《史记》写了什么？, 《汉书》写了什么？, NAME_LOST",
    })
    void refusesABadVariantWithItsReason(String original, String variant, VariantReject reason) {
        assertThat(CHECK.check(variant, original))
                .get()
                .extracting(RejectedVariant::reason)
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"水是什么？, 水是什么呢？", "水是什么？, 水是啥？", "什么是𠮷？, 啥是𠮷呢？", "水是什么？, 你知道水是什么吗？"})
    void acceptsOneToFourChangedCodePoints(String original, String variant) {
        assertThat(CHECK.check(variant, original)).isEmpty();
    }

    @Test
    void keepsTheGoodVariantsOfAReplyAndNamesTheOthers() {
        VariantSelection selection = CHECK.select(
                List.of("请问" + ORIGINAL, " 请问" + ORIGINAL.replace('？', '?'), "想问" + ORIGINAL, "试问" + ORIGINAL, ""),
                ORIGINAL,
                List.of("想问" + ORIGINAL),
                1);

        assertThat(selection.accepted()).containsExactly("请问" + ORIGINAL);
        assertThat(selection.rejected())
                .extracting(RejectedVariant::reason)
                .containsExactly(
                        VariantReject.DUPLICATE, VariantReject.DUPLICATE, VariantReject.SURPLUS, VariantReject.EMPTY);
    }

    @Test
    void countsCodePointsAndNotUtf16Units() {
        assertThat(EditDistance.between("𠮷𠮷", "吉吉")).isEqualTo(2);
        assertThat(EditDistance.between("", "水是")).isEqualTo(2);
    }
}
