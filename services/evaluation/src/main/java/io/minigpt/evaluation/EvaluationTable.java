package io.minigpt.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How much an evaluation asks when its configuration does not say. */
enum EvaluationTable {
    /** A look after each training run: seconds for a small model. */
    SHORT(Map.of("continuation", 5), Map.of("curated", EvaluationSettings.ALL, "trained", 20, "unseen", 20), 64),

    /**
     * The whole table of the first MiniGPT: texts continued by 256 tokens at three temperatures, every curated question,
     * 100 trained and 100 unseen ones; and the labels between these, which it did not have.
     */
    SEED(
            Map.of("continuation", 100),
            Map.of(
                    "curated",
                    EvaluationSettings.ALL,
                    "trained",
                    100,
                    "unseen",
                    100,
                    "same-document",
                    100,
                    "variants",
                    EvaluationSettings.ALL),
            256);

    private static final List<Double> ONE_TEMPERATURE = List.of(0.01);
    private static final List<Double> THREE_TEMPERATURES = List.of(0.01, 0.1, 0.2);

    private final Map<String, Integer> texts;
    private final Map<String, Integer> questions;
    private final int continuationTokens;

    EvaluationTable(Map<String, Integer> texts, Map<String, Integer> questions, int continuationTokens) {
        this.texts = texts;
        this.questions = questions;
        this.continuationTokens = continuationTokens;
    }

    /** Its name in a configuration. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EvaluationTable> labelled(Object label) {
        return Arrays.stream(values())
                .filter(table -> table.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(EvaluationTable::label).toList();
    }

    /** Evaluation sets with how many items of each. */
    Map<String, Integer> sets(EvaluatedData data) {
        return switch (data) {
            case TEXTS -> texts;
            case QUESTIONS -> questions;
            case NOTHING -> Map.of();
        };
    }

    List<Double> temperatures(EvaluatedData data) {
        return this == SEED && data == EvaluatedData.TEXTS ? THREE_TEMPERATURES : ONE_TEMPERATURE;
    }

    int continuationTokens() {
        return continuationTokens;
    }
}
