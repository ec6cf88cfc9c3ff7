package io.minigpt.worker;

import java.util.Optional;
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

    /** What the device is; empty until the first run has loaded the engine. */
    Optional<Description> description();

    /**
     * What a device is.
     *
     * @param device such as cpu or cuda:0
     * @param dtype number format of matrix operands that {@code auto} means there
     * @param engine engine and its version
     */
    record Description(String device, String dtype, String engine) {}
}
