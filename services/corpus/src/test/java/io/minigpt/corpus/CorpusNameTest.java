package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusNameTest {

    @Test
    void namesItsStream() {
        assertThat(new CorpusName("samples-2").stream()).isEqualTo("corpus/samples-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a/b", "a..b", "语料", "a b"})
    void refusesOtherForms(String name) {
        assertThatThrownBy(() -> new CorpusName(name)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void has63CharactersAtMost() {
        assertThat(new CorpusName("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new CorpusName("a".repeat(64))).isInstanceOf(InvalidRequestException.class);
    }
}
