package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {
    @Test
    void theQuestionStandsInIt() {
        int[] tokens = new PromptTemplate("问：{question}\n答：").tokens("一加一等于{question}？");

        assertThat(Tokenizer.gpt2().decode(tokens)).isEqualTo("问：一加一等于{question}？\n答：");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Q: \nA:", "{question}{question}"})
    void anotherNumberOfQuestionsIsRefused(String text) {
        assertThatThrownBy(() -> new PromptTemplate(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{question} once");
    }
}
