package io.minigpt.gpt;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A trained model that generates and scores text. Thread-safe: calls into the network take turns, token by token, so
 * that concurrent generations advance together.
 */
public final class Generator implements AutoCloseable {
    private static final int LARGEST_BATCH = 64;

    private final Checkpoint checkpoint;
    private final Network network;
    private final int blockSize;
    private final int vocabularySize;
    private final ReentrantLock turn = new ReentrantLock(true);
    private boolean closed;

    private Generator(Checkpoint checkpoint, Network network) {
        this.checkpoint = checkpoint;
        this.network = network;
        this.blockSize = network.configuration().blockSize();
        this.vocabularySize = network.configuration().vocabularySize();
    }

    /**
     * Loads the model of a checkpoint.
     *
     * @param dtype of its matrices
     * @param device auto, cpu, cuda or cuda:N
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     * @throws io.minigpt.gpt.torch.DeviceMemoryException if there is not enough memory
     */
    public static Generator load(Path directory, Dtype dtype, String device) throws IOException {
        Checkpoint checkpoint = Checkpoint.readModel(directory);
        Device target = TorchRuntime.device(device);
        try (Safetensors weights = Safetensors.open(directory.resolve(Checkpoint.MODEL_FILE))) {
            Network network = Network.load(checkpoint.model(), dtype, target, weights);
            network.freezeWeights();
            return new Generator(checkpoint, network);
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

    /**
     * Generates one text.
     *
     * @throws IllegalArgumentException if the prompt does not fit the model's context and the context may not slide
     * @throws DivergedException if the model's weights are unusable
     * @throws IllegalStateException if the model was closed
     */
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        return run(List.of(new GeneratingSequence(request, listener, blockSize)))
                .getFirst();
    }

    /** Generates several texts in batches, much faster than one by one; results are in the order of the requests. */
    public List<Generation> generateAll(List<GenerationRequest> requests) {
        List<GeneratingSequence> all = requests.stream()
                .map(request -> new GeneratingSequence(request, GenerationListener.NONE, blockSize))
                .toList();
        List<Generation> generations = new ArrayList<>();
        for (int first = 0; first < all.size(); first += LARGEST_BATCH) {
            generations.addAll(run(all.subList(first, Math.min(all.size(), first + LARGEST_BATCH))));
        }
        return generations;
    }

    /**
     * Scores texts in batches; the results are in the order of the texts. Of a text that does not fit the model's
     * context, the end is scored.
     *
     * @throws IllegalStateException if the model was closed
     */
    public List<Score> score(List<Continuation> continuations) {
        List<Score> scores = new ArrayList<>();
        for (int first = 0; first < continuations.size(); first += LARGEST_BATCH) {
            scores.addAll(
                    scoreBatch(continuations.subList(first, Math.min(continuations.size(), first + LARGEST_BATCH))));
        }
        return scores;
    }

    private List<Score> scoreBatch(List<Continuation> continuations) {
        int columns = continuations.stream()
                .mapToInt(each -> each.context().length + each.tokens().length - 1)
                .max()
                .orElseThrow();
        Batch batch = Batch.empty(continuations.size(), Math.min(blockSize, columns));
        for (int row = 0; row < batch.rows(); row++) {
            fill(batch, row, continuations.get(row));
        }
        float[] losses = exclusively(() -> network.losses(batch));
        List<Score> scores = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            scores.add(score(batch, losses, row));
        }
        return scores;
    }

    private List<Generation> run(List<GeneratingSequence> sequences) {
        int columns = sequences.stream()
                .mapToInt(GeneratingSequence::longestContext)
                .max()
                .orElse(1);
        try (NDManager manager = exclusively(() -> network.manager().newSubManager())) {
            List<GeneratingSequence> live = new ArrayList<>(sequences);
            NDArray cache = exclusively(() -> network.cache(manager, sequences.size(), columns));
            while (!live.isEmpty()) {
                feed(live, cache);
                cache = dropFinished(live, cache, manager);
            }
        }
        return sequences.stream().map(GeneratingSequence::result).toList();
    }

    /** Feeds each sequence what the model has not seen: together if the numbers of tokens allow it, else one by one. */
    private void feed(List<GeneratingSequence> live, NDArray cache) {
        boolean together = live.stream().allMatch(each -> each.position() == 0)
                || live.stream().allMatch(each -> each.toFeed().size() == 1);
        int size = together ? live.size() : 1;
        for (int first = 0; first < live.size(); first += size) {
            feedBatch(live.subList(first, first + size), cache, first);
        }
    }

    private void feedBatch(List<GeneratingSequence> batch, NDArray cache, int firstRow) {
        int columns =
                batch.stream().mapToInt(each -> each.toFeed().size()).max().orElseThrow();
        long[] tokens = new long[batch.size() * columns];
        long[] start = new long[batch.size()];
        long[] last = new long[batch.size()];
        for (int row = 0; row < batch.size(); row++) {
            List<Integer> ids = batch.get(row).toFeed();
            for (int column = 0; column < ids.size(); column++) {
                tokens[row * columns + column] = ids.get(column);
            }
            start[row] = batch.get(row).position();
            last[row] = ids.size() - 1L;
        }
        float[] logits = exclusively(() -> network.step(tokens, start, last, cache, firstRow));
        for (int row = 0; row < batch.size(); row++) {
            batch.get(row).accept(logits, row * vocabularySize);
        }
    }

    /** Takes finished sequences out of the batch once they are half of it: that copies the cache of the others. */
    private NDArray dropFinished(List<GeneratingSequence> live, NDArray cache, NDManager manager) {
        long[] kept = IntStream.range(0, live.size())
                .filter(row -> !live.get(row).finished())
                .asLongStream()
                .toArray();
        if (2 * kept.length > live.size()) {
            return cache;
        }
        live.removeIf(GeneratingSequence::finished);
        if (live.isEmpty()) {
            return cache;
        }
        NDArray rest = exclusively(() -> network.cacheRows(manager, cache, kept));
        cache.close();
        return rest;
    }

    private void fill(Batch batch, int row, Continuation continuation) {
        int[] all = Arrays.copyOf(continuation.context(), continuation.context().length + continuation.tokens().length);
        System.arraycopy(continuation.tokens(), 0, all, continuation.context().length, continuation.tokens().length);
        int skipped = Math.max(0, all.length - 1 - batch.columns());
        for (int i = skipped; i < all.length - 1; i++) {
            int at = row * batch.columns() + i - skipped;
            batch.inputs()[at] = all[i];
            if (i + 1 >= continuation.context().length) {
                batch.targets()[at] = all[i + 1];
            }
        }
    }

    private static Score score(Batch batch, float[] losses, int row) {
        double logProbability = 0;
        int tokens = 0;
        int bytes = 0;
        for (int at = row * batch.columns(); at < (row + 1) * batch.columns(); at++) {
            if (batch.targets()[at] != Batch.IGNORED) {
                logProbability -= losses[at];
                tokens++;
                bytes += Tokenizer.gpt2().byteCount((int) batch.targets()[at]);
            }
        }
        return new Score(logProbability, tokens, bytes);
    }

    private <T> T exclusively(Supplier<T> call) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model was closed");
            }
            return call.get();
        } finally {
            turn.unlock();
        }
    }

    /** Frees the model's memory; generations in progress end with an error. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                network.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
