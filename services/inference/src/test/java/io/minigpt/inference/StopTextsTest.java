package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {

    @Test
    void theTextEndsBeforeTheFirstStopText() {
        StopTexts stop = new StopTexts(List.of("。", "\nQ:"));

        String passed = stop.accept("长城在中国。它很长") + stop.accept("。");

        assertThat(passed + stop.finish()).isEqualTo("长城在中国");
        assertThat(stop.found()).isTrue();
    }

    @Test
    void aStopTextThatComesInPiecesIsFoundAndNoneOfItPassed() {
        StopTexts stop = new StopTexts(List.of("\nQ:"));

        List<String> passed = List.of(stop.accept("yes\n"), stop.accept("Q"), stop.accept(": no"));

        assertThat(passed).containsExactly("yes", "", "");
        assertThat(stop.found()).isTrue();
    }

    @Test
    void whatOnlyBeginsLikeAStopTextIsPassedLater() {
        StopTexts stop = new StopTexts(List.of("\nQ:"));

        String passed = stop.accept("yes\n") + stop.accept("Quite") + stop.accept("\nQ");

        assertThat(passed).isEqualTo("yes\nQuite");
        assertThat(stop.finish()).isEqualTo("\nQ");
        assertThat(stop.found()).isFalse();
    }

    @Test
    void aStopTextThatOverlapsItselfIsFound() {
        StopTexts stop = new StopTexts(List.of("aab"));

        String passed = stop.accept("a") + stop.accept("a") + stop.accept("a") + stop.accept("b");

        assertThat(passed).isEqualTo("a");
        assertThat(stop.found()).isTrue();
    }
}
