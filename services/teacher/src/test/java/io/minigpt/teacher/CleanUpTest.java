package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanUpTest {

    @ParameterizedTest
    @CsvSource({
        "水是什么？, 水是什么？",
        "水是什么?, 水是什么？",
        "水是什么??？, 水是什么？",
        "水是什么, 水是什么？",
        "水是什么。, 水是什么？",
        "水是什么 ？, 水是什么？",
        "水是一种物质。, 水是一种物质。",
        "水呢？冰呢？, 水呢？冰呢？",
    })
    void endsAQuestionInOneFullWidthMark(String raw, String clean) {
        assertThat(CleanUp.question(raw)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"水。, 水。", "是水吗？不是?, 是水吗。不是。", "水？。, 水。", "多 少？？, 多 少。"})
    void turnsQuestionMarksOfAnAnswerIntoFullStops(String raw, String clean) {
        assertThat(CleanUp.answer(raw)).isEqualTo(clean);
    }
}
