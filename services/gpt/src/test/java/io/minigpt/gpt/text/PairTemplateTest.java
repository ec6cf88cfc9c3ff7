package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairTemplateTest {

    private static final PairTemplate CHINESE = new PairTemplate("问：{question}\n答：", "{answer}", "\n\n");

    @Test
    void aRecordIsPromptAnswerEndTokenAndEnd() {
        PairTemplate.Tokens item = PairTemplate.STANDARD.tokens("太阳是什么？", "太阳是恒星。");

        int[] tokens = item.tokens();
        int[] prompt = Arrays.copyOf(tokens, item.promptTokens());
        int[] answer = Arrays.copyOfRange(tokens, item.promptTokens(), tokens.length - 2);
        assertThat(prompt).isEqualTo(PairTemplate.STANDARD.promptTokens("太阳是什么？"));
        assertThat(Tokenizer.gpt2().decode(prompt)).isEqualTo("Q: 太阳是什么？\nA:");
        assertThat(Tokenizer.gpt2().decode(answer)).isEqualTo(" 太阳是恒星。");
        assertThat(Arrays.copyOfRange(tokens, tokens.length - 2, tokens.length)).containsExactly(50_256, 198);
    }

    @Test
    void anotherTemplateIsAnotherText() {
        PairTemplate.Tokens item = CHINESE.tokens("一加一？", "二。");

        assertThat(CHINESE.text("一加一？", "二。")).isEqualTo("问：一加一？\n答：二。\n\n");
        assertThat(Tokenizer.gpt2().decode(Arrays.copyOf(item.tokens(), item.promptTokens())))
                .isEqualTo("问：一加一？\n答：");
        assertThat(item.tokens()).endsWith(50_256, 628);
    }

    @Test
    void whatLooksLikeAPlaceholderInAQuestionStaysText() {
        assertThat(PairTemplate.STANDARD.text("{answer}和{question}？", "{question}"))
                .isEqualTo("Q: {answer}和{question}？\nA: {question}\n");
    }

    @Test
    void aCheckpointRemembersIt() {
        assertThat(PairTemplate.of(CHINESE.provenance())).isEqualTo(CHINESE);
        assertThat(PairTemplate.of(Map.of("run", "1"))).isEqualTo(PairTemplate.STANDARD);
    }

    @Test
    void whatCannotBeFilledInIsRefused() {
        assertThatThrownBy(() -> new PairTemplate("Q:", "{answer}", ""))
                .hasMessage("prompt needs {question} once: 'Q:'");
        assertThatThrownBy(() -> new PairTemplate("{question}", "{answer}{answer}", ""))
                .hasMessage("answer needs {answer} once: '{answer}{answer}'");
        assertThatThrownBy(() -> new PairTemplate("{question}{answer}", "{answer}", ""))
                .hasMessage("prompt has no value for {answer}: '{question}{answer}'");
        assertThatThrownBy(() -> new PairTemplate("{question}", "{answer}", "{answer}"))
                .hasMessage("end has a placeholder, where none has a value");
        assertThatThrownBy(() -> new PairTemplate("{question}", "{answer}", null))
                .hasMessage("end is missing");
    }
}
