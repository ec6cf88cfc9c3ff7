package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private final Tokenizer tokenizer = Tokenizer.gpt2();

    @Test
    void encodesAsGpt2Does() {
        assertThat(tokenizer.encode("hello world")).containsExactly(31373, 995);
        assertThat(tokenizer.encode("Hello, world!")).containsExactly(15496, 11, 995, 0);
        assertThat(tokenizer.encode("\n")).containsExactly(198);
        assertThat(tokenizer.encode("中国")).containsExactly(40792, 32368, 121);
        assertThat(tokenizer.encode("。")).containsExactly(16764);
    }

    @Test
    void namesOfSpecialTokensAreOrdinaryText() {
        assertThat(tokenizer.encode("<|endoftext|>"))
                .doesNotContain(Tokenizer.END_OF_TEXT)
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "太阳是恒星。", "𠮷野家 👨‍👩‍👧", "a\r\n\tb", "Q: 1+1=？\nA:"})
    void decodingGivesTheTextBack(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void theEndTokenAndThePaddingHaveNoBytes() {
        assertThat(tokenizer.bytes(Tokenizer.END_OF_TEXT)).isEmpty();
        assertThat(tokenizer.byteCount(50_303)).isZero();
        assertThat(tokenizer.byteCount(16764)).isEqualTo(3);
    }
}
