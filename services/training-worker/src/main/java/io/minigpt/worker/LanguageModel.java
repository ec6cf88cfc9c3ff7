package io.minigpt.worker;

import io.minigpt.gpt.Score;
import java.util.List;
import java.util.Optional;

/** A trained model on a device that answers and judges. Used by one thread. */
public interface LanguageModel {

    /** Answers items at a time, each as if it were alone. */
    List<String> answer(List<EvaluationItem> items, double temperature);

    /** The probability of each item's target. */
    List<Score> score(List<EvaluationItem> items);

    /** The probability of the dataset's validation text; empty if there is too little of it. */
    Optional<Score> scoreValidation(Runnable betweenBatches);
}
