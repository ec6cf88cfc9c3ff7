package io.minigpt.gpt;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CheckpointDirectory;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.data.Batches;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A model in training: its weights, its optimizer and its place in the schedule. The counterpart of nanoGPT's train.py.
 *
 * <p>A step is a pure function of the state, the configuration and the data, whose order depends on the step's number
 * alone: a run that is stopped, saved and resumed goes on bit for bit as if it had not been, on the same machine with
 * the same number of threads. Not thread-safe.
 */
public final class Trainer implements AutoCloseable {
    private final ModelConfiguration model;
    private final TrainingConfiguration training;
    private final Network network;
    private final AdamW optimizer;
    private long step;
    private double bestValidationLoss;

    private Trainer(Network network, TrainingConfiguration training, Device device) {
        this.model = network.configuration();
        this.training = training;
        this.network = network;
        this.bestValidationLoss = Double.POSITIVE_INFINITY;
        TorchRuntime.keepFreedMemory();
        try {
            this.optimizer = new AdamW(network, training, device);
            network.trainWeights();
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Starts from random weights. */
    public static Trainer scratch(ModelConfiguration model, TrainingConfiguration training) {
        Device device = TorchRuntime.device(training.device());
        return new Trainer(Network.fresh(model, training.dtype(), device, training.seed()), training, device);
    }

    /**
     * Goes on where a checkpoint was made, with its configuration.
     *
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     */
    public static Trainer resume(Path checkpoint) throws IOException {
        Checkpoint description = Checkpoint.read(checkpoint);
        Trainer trainer = load(checkpoint, description.model(), description.training());
        try (Safetensors moments = Safetensors.open(checkpoint.resolve(Checkpoint.OPTIMIZER_FILE))) {
            trainer.optimizer.fromFile(moments);
        } catch (IOException | RuntimeException e) {
            trainer.close();
            throw e;
        }
        trainer.step = description.step();
        trainer.bestValidationLoss = description.bestValidationLoss().orElse(Double.POSITIVE_INFINITY);
        return trainer;
    }

    /**
     * Starts from the weights of a checkpoint, with a fresh optimizer and step: fine-tuning.
     *
     * @param dropout the model's dropout from here on
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     */
    public static Trainer fork(Path checkpoint, TrainingConfiguration training, double dropout) throws IOException {
        ModelConfiguration model = Checkpoint.readModel(checkpoint).model().with(Map.of("dropout", dropout));
        return load(checkpoint, model, training);
    }

    private static Trainer load(Path checkpoint, ModelConfiguration model, TrainingConfiguration training)
            throws IOException {
        Device device = TorchRuntime.device(training.device());
        try (Safetensors weights = Safetensors.open(checkpoint.resolve(Checkpoint.MODEL_FILE))) {
            return new Trainer(Network.load(model, training.dtype(), device, weights), training, device);
        }
    }

    /** The shape of the model. */
    public ModelConfiguration model() {
        return model;
    }

    /** How it is trained. */
    public TrainingConfiguration training() {
        return training;
    }

    /** The number of finished steps. */
    public long step() {
        return step;
    }

    /** The lowest validation loss so far, in nats per token. */
    public OptionalDouble bestValidationLoss() {
        return bestValidationLoss < Double.POSITIVE_INFINITY
                ? OptionalDouble.of(bestValidationLoss)
                : OptionalDouble.empty();
    }

    /** Remembers a validation loss and says whether it is the lowest so far. */
    public boolean validated(double loss) {
        boolean best = loss < bestValidationLoss;
        bestValidationLoss = Math.min(loss, bestValidationLoss);
        return best;
    }

    /**
     * Does one step: forward and backward over the accumulated batches, clipping, update.
     *
     * @throws DivergedException if the loss or the gradient is no number; the weights are as before
     * @throws io.minigpt.gpt.torch.DeviceMemoryException if there is not enough memory
     */
    public StepMetrics step(Batches data) {
        long begin = System.nanoTime();
        List<Batch> batches = new ArrayList<>();
        int tokens = 0;
        int counted = 0;
        for (int i = 0; i < training.accumulationSteps(); i++) {
            Batch batch = data.batch(step * training.accumulationSteps() + i);
            batches.add(batch);
            tokens += batch.inputs().length;
            counted += batch.counted();
        }
        if (counted == 0) {
            throw new IllegalStateException("no token of step " + (step + 1) + " counts in the loss");
        }
        TorchRuntime.seed(training.seed() * 0x9e3779b97f4a7c15L + step + 1);
        double loss = 0;
        for (Batch batch : batches) {
            loss += network.backward(batch, model.dropout(), 1.0 / counted) / counted;
        }
        double learningRate = training.learningRateAt(step);
        double norm = Double.isFinite(loss) ? optimizer.step(step, learningRate) : Double.NaN;
        if (!Double.isFinite(norm)) {
            throw new DivergedException("training diverged at step " + (step + 1) + ": loss " + loss
                    + ", gradient norm " + norm + "; lower learning_rate or raise warmup_iters");
        }
        step++;
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new StepMetrics(step, loss, learningRate, norm, tokens, counted, seconds);
    }

    /**
     * The loss over the first {@code batches} batches, without dropout.
     *
     * @throws DivergedException if it is no number
     */
    public Evaluation evaluate(Batches data, int batches) {
        double sum = 0;
        long tokens = 0;
        long bytes = 0;
        for (int number = 0; number < batches; number++) {
            Batch batch = data.batch(number);
            float[] losses = network.losses(batch);
            for (int i = 0; i < losses.length; i++) {
                sum += losses[i];
                if (batch.targets()[i] != Batch.IGNORED) {
                    tokens++;
                    bytes += Tokenizer.gpt2().byteCount((int) batch.targets()[i]);
                }
            }
        }
        if (!Double.isFinite(sum)) {
            throw new DivergedException("the evaluation after step " + step + " gives the loss " + sum);
        }
        return new Evaluation(sum / tokens, sum / Math.log(2) / bytes, tokens);
    }

    /**
     * Writes a checkpoint.
     *
     * @param directory to be made; it is there wholly or not at all
     * @param provenance where the model comes from: dataset versions, base model
     */
    public Checkpoint save(Path directory, Map<String, String> provenance) throws IOException {
        return CheckpointDirectory.write(
                directory,
                Map.of(Checkpoint.MODEL_FILE, network.toFile(), Checkpoint.OPTIMIZER_FILE, optimizer.toFile()),
                files -> new Checkpoint(model, training, step, bestValidationLoss(), provenance, engine(), files));
    }

    Network network() {
        return network;
    }

    private static String engine() {
        String version = Trainer.class.getPackage().getImplementationVersion();
        return "minigpt " + Objects.requireNonNullElse(version, "development") + ", libtorch "
                + Engine.getEngine("PyTorch").getVersion();
    }

    @Override
    public void close() {
        optimizer.close();
        network.close();
        TorchRuntime.releaseFreedMemory();
    }
}
