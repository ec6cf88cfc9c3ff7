package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopStringsTest {
    @Test
    void theTextEndsBeforeTheFirstStopString() {
        StopStrings stop = new StopStrings(List.of("。", "\nQ:"));

        String passed = stop.accept("长城在中国。它很长") + stop.accept("。");

        assertThat(passed + stop.finish()).isEqualTo("长城在中国");
        assertThat(stop.found()).isTrue();
    }

    @Test
    void oneThatComesInPiecesIsFoundAndNoneOfItPassed() {
        StopStrings stop = new StopStrings(List.of("\nQ:"));

        List<String> passed = List.of(stop.accept("yes\n"), stop.accept("Q"), stop.accept(": no"));

        assertThat(passed).containsExactly("yes", "", "");
        assertThat(stop.found()).isTrue();
    }

    @Test
    void whatOnlyBeginsLikeOneIsPassedLater() {
        StopStrings stop = new StopStrings(List.of("\nQ:"));

        String passed = stop.accept("yes\n") + stop.accept("Quite") + stop.accept("\nQ");

        assertThat(passed).isEqualTo("yes\nQuite");
        assertThat(stop.finish()).isEqualTo("\nQ");
        assertThat(stop.found()).isFalse();
    }

    @Test
    void oneThatOverlapsItselfIsFound() {
        StopStrings stop = new StopStrings(List.of("aab"));

        String passed = stop.accept("a") + stop.accept("a") + stop.accept("a") + stop.accept("b");

        assertThat(passed).isEqualTo("a");
        assertThat(stop.found()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\udc00", "a\ud800"})
    void whatIsNoTextIsRefused(String stop) {
        assertThatThrownBy(() -> new StopStrings(List.of("。", stop)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stop");
    }
}
