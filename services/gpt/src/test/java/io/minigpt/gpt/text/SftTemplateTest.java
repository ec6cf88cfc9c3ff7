package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SftTemplateTest {
    @Test
    void aRecordIsPromptAnswerEndTokenAndNewline() {
        PairTemplate.Tokens item = SftTemplate.record("太阳是什么？", "太阳是恒星。");

        int[] tokens = item.tokens();
        int[] prompt = Arrays.copyOf(tokens, item.promptTokens());
        int[] answer = Arrays.copyOfRange(tokens, item.promptTokens(), tokens.length - 2);
        assertThat(prompt).isEqualTo(SftTemplate.prompt("太阳是什么？"));
        assertThat(Tokenizer.gpt2().decode(prompt)).isEqualTo("Q: 太阳是什么？\nA:");
        assertThat(Tokenizer.gpt2().decode(answer)).isEqualTo(" 太阳是恒星。");
        assertThat(Arrays.copyOfRange(tokens, tokens.length - 2, tokens.length)).containsExactly(50_256, 198);
    }

    @Test
    void anAnswersTokensEndWithTheEndToken() {
        assertThat(SftTemplate.answer("是。")).endsWith(Tokenizer.END_OF_TEXT);
    }
}
