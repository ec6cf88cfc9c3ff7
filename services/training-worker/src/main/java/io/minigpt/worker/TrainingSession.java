package io.minigpt.worker;

import io.minigpt.gpt.configuration.ModelConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** A model being trained on a device. Used by one thread. */
public interface TrainingSession extends AutoCloseable {

    /** Steps done, those before a resumption included. */
    long steps();

    /** Does the next step. */
    StepFigures step();

    /**
     * Measures over the validation data, which is the same every time; empty if there is none.
     *
     * @param beforeBatch called before each batch; what it throws ends the call
     */
    Optional<Validation> validate(Runnable beforeBatch);

    /** Whether the validation loss has not become lower for so long that training is to end. */
    boolean outOfPatience();

    /**
     * Asks a saved checkpoint the selection sets and the fixed prompts.
     *
     * @param beforeBatch called before each batch; what it throws ends the call
     */
    Examination examine(Path checkpoint, Runnable beforeBatch) throws IOException;

    /** Operations a second that the device can do in the number format of the matrix operands, if that is known. */
    OptionalDouble peakFlops();

    /** Memory that this process holds, in bytes. */
    long memoryBytes();

    /** Writes a checkpoint of the present state into a new folder. */
    void save(Path folder) throws IOException;

    /** Shape of the model. */
    ModelConfiguration model();

    /** Device, such as cpu or cuda:0. */
    String device();

    /** Number format of the matrix operands. */
    String dtype();

    @Override
    void close();

    /**
     * Figures of a step.
     *
     * @param loss training loss in nats a token
     * @param learningRate learning rate
     * @param gradientNorm global gradient norm before clipping
     * @param tokens tokens looked at
     */
    record StepFigures(double loss, double learningRate, double gradientNorm, long tokens) {}
}
