package io.minigpt.worker;

import java.util.function.LongConsumer;

/** The device that runs take turns on. A call returns when the run has ended and its memory is free again. */
public interface RunDevice {

    /**
     * Trains to the end of the plan, from the newest usable checkpoint of the journal, from the base version, or from
     * nothing.
     *
     * @param progress told the number of steps done
     */
    void train(TrainingPlan plan, TrainingJournal journal, LongConsumer progress) throws Exception;

    /**
     * Answers and scores the items of the plan.
     *
     * @param progress told the number of items done
     */
    void evaluate(EvaluationPlan plan, EvaluationJournal journal, LongConsumer progress) throws Exception;

    /** What this worker has for its runs. */
    Offer offer();
}
