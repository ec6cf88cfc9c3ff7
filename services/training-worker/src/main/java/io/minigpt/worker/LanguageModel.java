package io.minigpt.worker;

import io.minigpt.gpt.Score;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A trained model on a device that answers and judges. Used by one thread. What may take long runs {@code checkStop}
 * every now and then, and ends with what that throws.
 */
public interface LanguageModel {

    /**
     * What a model said.
     *
     * @param text as it is shown: without white space around it and without what was cut as a repeat
     * @param generated all that it generated before its end token
     * @param tokens generated, the end token included
     * @param ended whether the model ended it itself
     */
    record Answer(String text, String generated, int tokens, boolean ended) {}

    /**
     * How fast one item was answered.
     *
     * @param firstToken from the question to the first token
     * @param whole from the question to the end
     * @param tokens generated
     */
    record Speed(Duration firstToken, Duration whole, int tokens) {}

    /** Answers items at a time, each as if it were alone. */
    List<Answer> answer(List<EvaluationItem> items, double temperature, Runnable checkStop);

    /** Answers one item alone and takes the time. */
    Speed time(EvaluationItem item, double temperature, Runnable checkStop);

    /** The probability of each item's target. */
    List<Score> score(List<EvaluationItem> items, Runnable checkStop);

    /** The probability of the dataset's validation text; empty if there is too little of it. */
    Optional<Score> scoreValidation(Runnable checkStop);
}
