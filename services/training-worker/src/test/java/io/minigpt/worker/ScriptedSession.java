package io.minigpt.worker;

import io.minigpt.gpt.configuration.ModelConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A session whose figures are functions of the step, so that a run's reports can be computed by hand. */
final class ScriptedSession implements TrainingSession {

    private final Runnable afterStep;
    private final Runnable beforeValidation;
    private long steps;

    ScriptedSession(long from, Runnable afterStep, Runnable beforeValidation) {
        this.steps = from;
        this.afterStep = afterStep;
        this.beforeValidation = beforeValidation;
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
