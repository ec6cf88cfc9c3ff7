package io.minigpt.gpt;

import io.minigpt.gpt.data.Batches;
import java.io.IOException;
import java.util.Objects;

/** Trains until the last step, evaluating on the way. */
public final class TrainingLoop {
    private final Trainer trainer;
    private final Batches data;
    private final Batches validation;
    private final int validationBatches;

    /** What happens in a run, told on the thread that trains. */
    public interface Listener {
        /** After every log_interval steps, and after the first and the last. */
        void measured(StepMetrics metrics) throws IOException;

        /**
         * Before the first step, after every eval_interval steps and after the last: the time for a checkpoint.
         *
         * @param best whether this is the lowest validation loss so far
         */
        void evaluated(Evaluation evaluation, boolean best) throws IOException;

        /** Asked after every step; true ends the run after it. */
        boolean cancelled();
    }

    /**
     * @param validation data of which the first {@code validationBatches} batches are the validation set
     */
    public TrainingLoop(Trainer trainer, Batches data, Batches validation, int validationBatches) {
        this.trainer = Objects.requireNonNull(trainer);
        this.data = Objects.requireNonNull(data);
        this.validation = Objects.requireNonNull(validation);
        this.validationBatches = validationBatches;
    }

    /**
     * Runs to the end, or until the listener cancels.
     *
     * @return whether the last step was reached
     */
    public boolean run(Listener listener) throws IOException {
        if (trainer.step() == 0) {
            evaluate(listener);
        }
        long last = trainer.training().maxSteps();
        while (trainer.step() < last) {
            if (listener.cancelled()) {
                return false;
            }
            StepMetrics metrics = trainer.step(data);
            long step = trainer.step();
            if (step == 1 || step == last || step % trainer.training().logInterval() == 0) {
                listener.measured(metrics);
            }
            if (step == last || step % trainer.training().evaluationInterval() == 0) {
                evaluate(listener);
            }
        }
        return true;
    }

    private void evaluate(Listener listener) throws IOException {
        Evaluation evaluation = trainer.evaluate(validation, validationBatches);
        listener.evaluated(evaluation, trainer.validated(evaluation.loss()));
    }
}
