package io.minigpt.worker;

import io.minigpt.gpt.Score;
import java.util.List;
import java.util.Optional;

/**
 * A trained model on a device that answers and judges. Used by one thread. What may take long runs {@code checkStop}
 * every now and then, and ends with what that throws.
 */
public interface LanguageModel {

    /** Answers items at a time, each as if it were alone. */
    List<String> answer(List<EvaluationItem> items, double temperature, Runnable checkStop);

    /** The probability of each item's target. */
    List<Score> score(List<EvaluationItem> items, Runnable checkStop);

    /** The probability of the dataset's validation text; empty if there is too little of it. */
    Optional<Score> scoreValidation(Runnable checkStop);
}
