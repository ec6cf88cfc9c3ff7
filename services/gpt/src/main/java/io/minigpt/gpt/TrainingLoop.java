package io.minigpt.gpt;

import io.minigpt.gpt.data.Batches;
import java.io.IOException;
import java.util.Objects;

/** Trains until the last step, or until the validation loss no longer falls, evaluating on the way. */
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

        /** Asked before every step and every batch of an evaluation; true ends the run there. */
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

    /** Why a run ended. */
    public enum End {
        /** The last step was done. */
        LAST_STEP,
        /** The validation loss has not become lower for as many evaluations as the key patience says. */
        OUT_OF_PATIENCE,
        /** The listener said so. */
        CANCELLED
    }

    /** The listener cancelled in the middle of an evaluation. */
    private static final class Cancelled extends RuntimeException {}

    /** Runs until a reason to end. A trainer that was saved at its end does no further step. */
    public End run(Listener listener) throws IOException {
        try {
            if (trainer.step() == 0) {
                evaluate(listener);
            }
            return train(listener);
        } catch (Cancelled e) {
            return End.CANCELLED;
        }
    }

    private End train(Listener listener) throws IOException {
        long last = trainer.training().maxSteps();
        while (trainer.step() < last) {
            if (trainer.outOfPatience()) {
                return End.OUT_OF_PATIENCE;
            }
            stopIfCancelled(listener);
            StepMetrics metrics = trainer.step(data);
            long step = trainer.step();
            if (step == 1 || step == last || step % trainer.training().logInterval() == 0) {
                listener.measured(metrics);
            }
            if (step == last || step % trainer.training().evaluationInterval() == 0) {
                evaluate(listener);
            }
        }
        return End.LAST_STEP;
    }

    private void evaluate(Listener listener) throws IOException {
        Evaluation evaluation = trainer.evaluate(validation, validationBatches, () -> stopIfCancelled(listener));
        listener.evaluated(evaluation, trainer.validated(evaluation.loss()));
    }

    private static void stopIfCancelled(Listener listener) {
        if (listener.cancelled()) {
            throw new Cancelled();
        }
    }
}
