package io.minigpt.worker;

import io.minigpt.gpt.configuration.ModelConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A session whose figures are functions of the step, so that a run's reports can be computed by hand. */
final class ScriptedSession implements TrainingSession {

    private final Runnable afterStep;
    private final Runnable beforeValidation;
    private long steps;
    private long patienceEnds = Long.MAX_VALUE;

    ScriptedSession(long from, Runnable afterStep, Runnable beforeValidation) {
        this.steps = from;
        this.afterStep = afterStep;
        this.beforeValidation = beforeValidation;
    }

    /** Lets the validation loss fall no longer after a step. */
    ScriptedSession outOfPatienceAfter(long step) {
        patienceEnds = step;
        return this;
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public StepFigures step() {
        steps++;
        afterStep.run();
        return new StepFigures(10 - steps, 0.001, 1, 100);
    }

    @Override
    public Optional<Validation> validate(Runnable beforehand) {
        beforeValidation.run();
        beforehand.run();
        return Optional.of(new Validation(20 - steps, 1));
    }

    @Override
    public boolean outOfPatience() {
        return steps >= patienceEnds;
    }

    /** Best after step 3. */
    @Override
    public Examination examine(Path checkpoint, Runnable beforeBatch) {
        beforeBatch.run();
        return new Examination(OptionalDouble.of(1.0 / steps), List.of());
    }

    /** As many as make the figures of a measured step come out as tokens. */
    @Override
    public OptionalDouble peakFlops() {
        return OptionalDouble.of(model().trainingFlops());
    }

    @Override
    public long memoryBytes() {
        return 1 << 20;
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("model.safetensors"), "step " + steps);
    }

    @Override
    public ModelConfiguration model() {
        return ModelConfiguration.of(Map.of("n_layer", 1, "n_head", 1, "n_embd", 8, "block_size", 4));
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public String dtype() {
        return "float32";
    }

    @Override
    public void close() {}
}
