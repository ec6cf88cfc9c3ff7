package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.gpt.Score;
import io.minigpt.gpt.text.PairTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionScoreTest {

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void isTheMeanRougeLOfGreedyAnswers() {
        // Given two items that the model answers rightly and one of which it knows nothing
        List<EvaluationItem> items = List.of(item("甲"), item("乙"), item("丙丁"));

        double score = new SelectionScore(items, 2).of(new Answering("甲", "乙", "戊"), () -> asked.add(-1));

        assertThat(score).isCloseTo(2.0 / 3, within(1e-12));
        // batches of 2, each with a word with the caller
        assertThat(asked).containsExactly(-1, 2, -1, 1);
    }

    private static EvaluationItem item(String reference) {
        return EvaluationItem.question(
                reference, "curated", "trained", "问？", Optional.of(reference), 8, PairTemplate.STANDARD);
    }

    /** Says one thing after another. */
    private final class Answering implements LanguageModel {

        private final List<String> answers;
        private int said;

        Answering(String... answers) {
            this.answers = List.of(answers);
        }

        @Override
        public List<Answer> answer(List<EvaluationItem> items, double temperature, Runnable checkStop) {
            checkStop.run();
            assertThat(temperature).isZero();
            asked.add(items.size());
            said += items.size();
            return answers.subList(said - items.size(), said).stream()
                    .map(answer -> new Answer(answer, answer, 2, true))
                    .toList();
        }

        @Override
        public Speed time(EvaluationItem item, double temperature, Runnable checkStop) {
            throw new UnsupportedOperationException("a selection does not ask for time");
        }

        @Override
        public List<Score> score(List<EvaluationItem> items, Runnable checkStop) {
            throw new UnsupportedOperationException("a selection does not ask for probabilities");
        }

        @Override
        public Optional<Score> scoreValidation(Runnable checkStop) {
            throw new UnsupportedOperationException("a selection does not ask for probabilities");
        }
    }
}
