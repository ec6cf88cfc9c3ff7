package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationSettingsTest {

    @Test
    void asksEveryCuratedQuestionByDefault() {
        EvaluationSettings settings = EvaluationSettings.of(Map.of(), EvaluatedData.QUESTIONS);

        assertThat(settings.maxItems())
                .containsOnly(
                        Map.entry("curated", EvaluationSettings.ALL),
                        Map.entry("trained", 20),
                        Map.entry("unseen", 20));
        assertThat(settings.temperatures()).containsExactly(0.01);
        assertThat(settings.seed()).isEqualTo(1234);
    }

    @Test
    void continuesTexts() {
        EvaluationSettings settings = EvaluationSettings.of(Map.of(), EvaluatedData.TEXTS);

        assertThat(settings.maxItems()).containsOnlyKeys("continuation");
        assertThat(settings.promptCharacters()).isEqualTo(32);
        assertThat(settings.continuationTokens()).isEqualTo(64);
    }

    @Test
    void hasTheWholeTableOfTheFirstMiniGpt() {
        Map<String, Object> seed = Map.of("table", "seed");

        EvaluationSettings texts = EvaluationSettings.of(seed, EvaluatedData.TEXTS);
        EvaluationSettings questions = EvaluationSettings.of(seed, EvaluatedData.QUESTIONS);

        assertThat(texts.temperatures()).containsExactly(0.01, 0.1, 0.2);
        assertThat(texts.promptCharacters()).isEqualTo(32);
        assertThat(texts.continuationTokens()).isEqualTo(256);
        assertThat(questions.maxItems())
                .containsEntry("curated", EvaluationSettings.ALL)
                .containsEntry("trained", 100)
                .containsEntry("unseen", 100)
                .containsKeys("same-document", "variants");
    }

    @Test
    void aConfigurationChangesAndAddsSets() {
        EvaluationSettings settings = EvaluationSettings.of(
                Map.of(
                        "max_items",
                        Map.of("trained", 0, "unseen", "all", "variants", 7),
                        "temperatures",
                        List.of(0, 0.2)),
                EvaluatedData.QUESTIONS);

        assertThat(settings.maxItems())
                .containsOnlyKeys("curated", "unseen", "variants")
                .containsEntry("unseen", EvaluationSettings.ALL)
                .containsEntry("variants", 7);
        assertThat(settings.temperatures()).containsExactly(0.0, 0.2);
    }

    @Test
    void namesTheKeyThatIsWrongAndWhatIsAllowed() {
        assertRefused(
                Map.of("temperature", 0.1), "unknown key temperature", "known are batch_size, continuation_tokens");
        assertRefused(Map.of("table", "long"), "table is one of [short, seed], not long");
        assertRefused(Map.of("temperatures", List.of(-1)), "temperatures is a list of numbers of at least 0, not [-1]");
        assertRefused(Map.of("max_items", Map.of("curated", -3)), "max_items.curated is a whole number of at least 0");
        assertRefused(Map.of("max_new_tokens", "many"), "max_new_tokens is a whole number of at least 1, not many");
    }

    private static void assertRefused(Map<String, Object> configuration, String... said) {
        assertThatThrownBy(() -> EvaluationSettings.of(configuration, EvaluatedData.QUESTIONS))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(said);
    }
}
