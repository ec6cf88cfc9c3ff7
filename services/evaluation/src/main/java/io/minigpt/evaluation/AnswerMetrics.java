package io.minigpt.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All metrics of a single answer. */
public final class AnswerMetrics {

    /** Those that compare with a reference; the first one orders answers from best to worst. */
    public static final List<ReferenceMetric> OF_REFERENCE =
            List.of(new RougeL(), new ExactMatch(), new CharacterF1(), new CharacterBleu());

    /** Those of the text alone. */
    public static final List<TextMetric> OF_TEXT = List.of(
            new RepetitionRate(),
            new ValidCharacters(),
            new ChineseCharacters(),
            new EndTokenLeak(),
            new EmptyAnswer());

    /** Those of all answers of a set together. */
    public static final List<Distinct> OF_SET = List.of(new Distinct(1), new Distinct(2));

    private AnswerMetrics() {}

    /**
     * The scores of an answer by name.
     *
     * @param answer as it is shown
     * @param generated all that the model generated before its end token
     * @param reference the right answer, if one is known
     */
    public static Map<String, Double> score(String answer, String generated, Optional<String> reference) {
        Map<String, Double> scores = new LinkedHashMap<>();
        reference.ifPresent(
                right -> OF_REFERENCE.forEach(metric -> scores.put(metric.name(), metric.score(answer, right))));
        OF_TEXT.forEach(metric -> scores.put(metric.name(), metric.score(generated)));
        return scores;
    }
}
