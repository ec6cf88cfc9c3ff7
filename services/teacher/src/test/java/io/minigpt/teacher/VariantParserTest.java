package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"什么是水？\"}\n{\"question\": \"水是啥？\"}",
                "[\"什么是水？\", \"水是啥？\"]",
                "{\"variants\": [{\"question\": \"什么是水？\"}, {\"question\": \"水是啥？\"}]}",
                "以下是改写：\n1. 什么是水？\n2、水是啥？\n希望有用。",
                "- “什么是水？”\n- \"水是啥？\",",
                "```\n（1）什么是水？\n（2）水是啥？\n```",
            })
    void readsEveryToleratedForm(String reply) {
        assertThat(VariantParser.parse(reply)).containsExactly("什么是水？", "水是啥？");
    }

    @Test
    void keepsANumberThatBelongsToTheQuestion() {
        assertThat(VariantParser.parse("1949年发生了什么？")).containsExactly("1949年发生了什么？");
    }

    @Test
    void findsNothingInTalk() {
        assertThat(VariantParser.parse("我不能完成这个任务。")).isEmpty();
    }
}
