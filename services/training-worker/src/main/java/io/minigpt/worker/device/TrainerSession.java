package io.minigpt.worker.device;

import io.minigpt.gpt.Evaluation;
import io.minigpt.gpt.StepMetrics;
import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.worker.Examination;
import io.minigpt.worker.TrainingSession;
import io.minigpt.worker.Validation;
import io.minigpt.worker.device.TorchDevice.Description;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A training session on this process's libtorch. */
final class TrainerSession implements TrainingSession {

    private final Trainer trainer;
    private final TrainingData data;
    private final CheckpointExaminer examiner;
    private final Description device;
    private final double peakFlops;
    private final Map<String, String> provenance;

    TrainerSession(
            Trainer trainer,
            TrainingData data,
            CheckpointExaminer examiner,
            Description device,
            double peakFlops,
            Map<String, String> provenance) {
        this.trainer = trainer;
        this.data = data;
        this.examiner = examiner;
        this.device = device;
        this.peakFlops = peakFlops;
        this.provenance = provenance;
    }

    @Override
    public long steps() {
        return trainer.step();
    }

    @Override
    public StepFigures step() {
        StepMetrics metrics = trainer.step(data.training());
        return new StepFigures(metrics.loss(), metrics.learningRate(), metrics.gradientNorm(), metrics.tokens());
    }

    @Override
    public Optional<Validation> validate(Runnable beforeBatch) {
        return data.validation().map(validation -> {
            Evaluation evaluation = trainer.evaluate(validation, data.validationBatches(), beforeBatch);
            trainer.validated(evaluation.loss());
            return new Validation(evaluation.loss(), evaluation.bitsPerByte());
        });
    }

    @Override
    public boolean outOfPatience() {
        return trainer.outOfPatience();
    }

    @Override
    public Examination examine(Path checkpoint, Runnable beforeBatch) throws IOException {
        return examiner.examine(checkpoint, beforeBatch);
    }

    @Override
    public OptionalDouble peakFlops() {
        return OptionalDouble.of(peakFlops);
    }

    @Override
    public long memoryBytes() {
        return ProcessMemory.residentBytes();
    }

    @Override
    public void save(Path folder) throws IOException {
        trainer.save(folder, provenance);
    }

    @Override
    public ModelConfiguration model() {
        return trainer.model();
    }

    @Override
    public String device() {
        return device.device();
    }

    @Override
    public String dtype() {
        return device.dtype();
    }

    @Override
    public void close() {
        trainer.close();
    }
}
