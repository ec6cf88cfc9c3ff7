package io.minigpt.gpt;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CheckpointDirectory;
import io.minigpt.gpt.checkpoint.LossTrend;
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
import java.util.Locale;
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
    private final TrainingMemory memory;
    private int largestBatch;
    private long step;
    private double bestValidationLoss;
    private LossTrend trend = LossTrend.NONE;

    private Trainer(Network network, TrainingConfiguration training, Device device) {
        this.model = network.configuration();
        this.training = training;
        this.network = network;
        this.memory = memory(model, training, device);
        this.largestBatch = device.isGpu() ? Integer.MAX_VALUE : 0;
        this.bestValidationLoss = Double.POSITIVE_INFINITY;
        try {
            this.optimizer = new AdamW(network, training, device);
            network.trainWeights();
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Starts from random weights.
     *
     * @throws io.minigpt.gpt.torch.DeviceMemoryException if there is not enough memory
     */
    public static Trainer scratch(ModelConfiguration model, TrainingConfiguration training) {
        Device device = prepare(model, training);
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
        trainer.trend = description.trend();
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
        Device device = prepare(model, training);
        try (Safetensors weights = Safetensors.open(checkpoint.resolve(Checkpoint.MODEL_FILE))) {
            return new Trainer(Network.load(model, training.dtype(), device, weights), training, device);
        }
    }

    private static Device prepare(ModelConfiguration model, TrainingConfiguration training) {
        Device device = TorchRuntime.device(training.device());
        TorchRuntime.keepFreedMemory();
        if (!device.isGpu()) {
            // what earlier models of this process have left
            TorchRuntime.returnFreedMemory();
            memory(model, training, device).requireState();
        }
        return device;
    }

    private static TrainingMemory memory(ModelConfiguration model, TrainingConfiguration training, Device device) {
        return new TrainingMemory(model, Network.bf16(training.dtype(), device), Network.fusedAttention(model, device));
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

    /** Remembers the validation loss of this step and says whether it is the lowest so far. */
    public boolean validated(double loss) {
        boolean best = loss < bestValidationLoss;
        bestValidationLoss = Math.min(loss, bestValidationLoss);
        trend = trend.validated(step, best);
        return best;
    }

    /** Whether so many evaluations in a row brought no lower validation loss that training is to end. */
    public boolean outOfPatience() {
        return training.patience() > 0 && trend.evaluationsWithoutImprovement() >= training.patience();
    }

    /**
     * Does one step: forward and backward over the accumulated batches, clipping, update.
     *
     * @throws DivergedException if the loss or the gradient is no number, or the loss has risen too far above its
     *     lowest; the trainer must not be used any further
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
        requireMemory(batches);
        TorchRuntime.seed(training.seed() * 0x9e3779b97f4a7c15L + step + 1);
        double loss = 0;
        for (int i = 0; i < batches.size(); i++) {
            loss += network.backward(batches.get(i), model.dropout(), 1.0 / counted) / counted;
            if (!Double.isFinite(loss)) {
                throw diverged("the loss is " + loss + " in batch " + (i + 1) + " of " + batches.size());
            }
        }
        double learningRate = training.learningRateAt(step);
        double norm = update(learningRate);
        trend = trend.trained(loss);
        if (training.maxLossRise() > 0 && trend.rise() > training.maxLossRise()) {
            throw diverged(String.format(
                    Locale.ROOT,
                    "the loss, averaged over some 20 steps, is %.4f, more than max_loss_rise, %s, above its lowest, %.4f",
                    trend.average().orElseThrow(),
                    training.maxLossRise(),
                    trend.lowestAverage().orElseThrow()));
        }
        step++;
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new StepMetrics(
                step, loss, learningRate, norm, tokens, counted, tokens * model.trainingFlops(), seconds);
    }

    private void requireMemory(List<Batch> batches) {
        for (Batch batch : batches) {
            if (batch.inputs().length > largestBatch) {
                memory.requirePass(batch);
                largestBatch = batch.inputs().length;
            }
        }
    }

    private double update(double learningRate) {
        try {
            return optimizer.step(step, learningRate);
        } catch (DivergedException e) {
            throw diverged(e.getMessage());
        }
    }

    private DivergedException diverged(String where) {
        return new DivergedException("training diverged at step " + (step + 1) + ": " + where
                + "; lower learning_rate or raise warmup_iters");
    }

    /**
     * The loss over the first {@code batches} batches, without dropout.
     *
     * @throws DivergedException if it is no number
     */
    public Evaluation evaluate(Batches data, int batches) {
        return evaluate(data, batches, () -> {});
    }

    /**
     * The loss over the first {@code batches} batches, without dropout.
     *
     * @param beforeBatch called before each; what it throws ends the evaluation
     * @throws DivergedException if it is no number
     */
    public Evaluation evaluate(Batches data, int batches, Runnable beforeBatch) {
        double sum = 0;
        long tokens = 0;
        long bytes = 0;
        for (int number = 0; number < batches; number++) {
            beforeBatch.run();
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
                files -> new Checkpoint(
                        model, training, step, bestValidationLoss(), trend, provenance, engine(), files));
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
        TorchRuntime.returnFreedMemory();
    }
}
