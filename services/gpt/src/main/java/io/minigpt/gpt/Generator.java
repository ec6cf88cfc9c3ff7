package io.minigpt.gpt;

import ai.djl.Device;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained model that generates and scores text. Thread-safe: generations that run at the same time share one batch,
 * and the steps of all are computed by one of the threads that wait for them.
 */
public final class Generator implements AutoCloseable {
    /** Tokens that are scored at a time, unless a single text has more. */
    private static final int SCORED_TOKENS = 8192;

    private final Checkpoint checkpoint;
    private final DecodingNetwork network;
    private final SharedBatch shared;

    private Generator(Checkpoint checkpoint, DecodingNetwork network, BatchLimits limits) {
        this.checkpoint = checkpoint;
        this.network = network;
        this.shared = new SharedBatch(newBatch(limits));
    }

    /** {@link #load(Path, WeightType, String, BatchLimits)} with the default limits. */
    public static Generator load(Path directory, WeightType weights, String device) throws IOException {
        return load(directory, weights, device, BatchLimits.DEFAULT);
    }

    /**
     * Loads the model of a checkpoint.
     *
     * @param weights the type of its matrices
     * @param device auto, cpu, cuda or cuda:N
     * @param limits of the batch that generations share
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     * @throws io.minigpt.gpt.torch.DeviceMemoryException if there is not enough memory
     * @throws IllegalArgumentException if the device cannot multiply matrices of the type
     */
    public static Generator load(Path directory, WeightType weights, String device, BatchLimits limits)
            throws IOException {
        Checkpoint checkpoint = Checkpoint.readModel(directory);
        Device target = TorchRuntime.device(device);
        try (Safetensors file = Safetensors.open(directory.resolve(Checkpoint.MODEL_FILE))) {
            return new Generator(checkpoint, DecodingNetwork.load(checkpoint.model(), weights, target, file), limits);
        }
    }

    /** What the checkpoint says of itself. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The shape of the model. */
    public ModelConfiguration model() {
        return checkpoint.model();
    }

    /** A batch of its own for a thread that steps it; it takes turns with other batches of the model. */
    public GenerationBatch newBatch(BatchLimits limits) {
        return new GenerationBatch(network, limits);
    }

    /** The same, that also tells the probabilities of prompts. */
    public ScoringBatch newScoringBatch(BatchLimits limits) {
        return new ScoringBatch(network, limits);
    }

    /**
     * Generates one text. The listener may be called by another thread that generates at the same time.
     *
     * @throws IllegalArgumentException if the prompt does not fit the model's context and the context may not slide
     * @throws DivergedException if the model's weights are unusable
     * @throws IllegalStateException if the model was closed
     */
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        AwaitedGeneration generation = new AwaitedGeneration(request, listener);
        shared.complete(List.of(generation), () -> {});
        return generation.result();
    }

    /** {@link #generateAll(List, Runnable)} to the end. */
    public List<Generation> generateAll(List<GenerationRequest> requests) {
        return generateAll(requests, () -> {});
    }

    /**
     * Generates several texts together, much faster than one by one; results are in the order of the requests.
     *
     * @param beforeStep runs before each token; what it throws ends the generations and is thrown to the caller
     */
    public List<Generation> generateAll(List<GenerationRequest> requests, Runnable beforeStep) {
        List<AwaitedGeneration> generations = requests.stream()
                .map(request -> new AwaitedGeneration(request, GenerationListener.NONE))
                .toList();
        shared.complete(generations, beforeStep);
        return generations.stream().map(AwaitedGeneration::result).toList();
    }

    /** {@link #score(List, Runnable)} to the end. */
    public List<Score> score(List<Continuation> continuations) {
        return score(continuations, () -> {});
    }

    /**
     * Scores texts in batches; the results are in the order of the texts. Of a text that does not fit the model's
     * context, the end is scored.
     *
     * @param beforeBatch runs before each batch; what it throws ends the scoring and is thrown to the caller
     * @throws IllegalStateException if the model was closed
     */
    public List<Score> score(List<Continuation> continuations, Runnable beforeBatch) {
        List<Score> scores = new ArrayList<>();
        List<Continuation> batch = new ArrayList<>();
        int tokens = 0;
        for (Continuation continuation : continuations) {
            int length = continuation.end(model().blockSize() + 1).length;
            if (!batch.isEmpty() && tokens + length > SCORED_TOKENS) {
                beforeBatch.run();
                scores.addAll(scoreBatch(batch));
                batch.clear();
                tokens = 0;
            }
            batch.add(continuation);
            tokens += length;
        }
        if (!batch.isEmpty()) {
            beforeBatch.run();
            scores.addAll(scoreBatch(batch));
        }
        return scores;
    }

    private List<Score> scoreBatch(List<Continuation> continuations) {
        List<int[]> texts = continuations.stream()
                .map(continuation -> continuation.end(model().blockSize() + 1))
                .toList();
        int[] counted = new int[texts.size()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = Math.min(continuations.get(i).tokens().length, texts.get(i).length - 1);
        }
        float[] losses = network.losses(texts, counted);
        List<Score> scores = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < counted.length; i++) {
            double logProbability = 0;
            int bytes = 0;
            for (int back = counted[i]; back > 0; back--) {
                logProbability -= losses[at++];
                bytes += Tokenizer.gpt2().byteCount(texts.get(i)[texts.get(i).length - back]);
            }
            scores.add(new Score(logProbability, counted[i], bytes));
        }
        return scores;
    }

    /** Frees the model's memory; generations in progress end with an error. */
    @Override
    public void close() {
        network.close();
    }
}
