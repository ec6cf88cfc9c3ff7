package io.minigpt.gpt;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.Activation;
import io.minigpt.gpt.configuration.Architecture;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.torch.TorchArchive;
import io.minigpt.gpt.torch.TorchModule;
import io.minigpt.gpt.torch.TorchRuntime;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The network of decode.py, with types: the one that generates and scores. Thread-safe: calls take turns. */
final class DecodingNetwork implements AutoCloseable {
    /** Rows of the softmax at a time when scoring: 25 MB of logits. */
    private static final int SOFTMAX_ROWS = 128;
    /** Activations are rounded to the integers from -127 to 127; without VNNI the sum of two products must fit 16 bits. */
    private static final double LEVELS = 127;

    private static final double LEVELS_WITHOUT_VNNI = 63;
    private static final int TORCH_FLOAT16 = 5;
    private static final int TORCH_FLOAT32 = 6;
    private static final int TORCH_BFLOAT16 = 15;

    private final ModelConfiguration configuration;
    private final TorchModule module;
    private final boolean readsApart;
    private final ReentrantLock turn = new ReentrantLock(true);
    private boolean closed;

    /**
     * Tokens of one sequence to feed.
     *
     * @param tokens their ids, at least one
     * @param start the position of the first
     * @param cache of the sequence, filled up to {@code start}
     */
    record Feed(int[] tokens, int start, NDArray cache) {}

    private DecodingNetwork(ModelConfiguration configuration, WeightType type, Device device, boolean readers) {
        this.configuration = configuration;
        this.readsApart = readers;
        this.module = new TorchModule(archive(configuration, type, device), device);
    }

    /**
     * A network with the weights of a checkpoint's file.
     *
     * @throws IllegalArgumentException if the device cannot multiply matrices of the type
     */
    static DecodingNetwork load(ModelConfiguration configuration, WeightType type, Device device, Safetensors file) {
        WeightType used = onDevice(type, device);
        boolean readers = used == WeightType.F16 && !device.isGpu() && TorchRuntime.hasBf16(device);
        DecodingNetwork network = new DecodingNetwork(configuration, used, device, readers);
        try {
            new DecodingWeights(configuration, file, readers).addTo(network.module);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    ModelConfiguration configuration() {
        return configuration;
    }

    /** Whether there is a faster way to read prompts, which rounds more, so that prompts and other tokens go separately. */
    boolean readsApart() {
        return readsApart;
    }

    /** An empty cache for a sequence of up to {@code tokens} tokens; to be closed by the caller. */
    NDArray cache(int tokens) {
        return exclusively(step -> module.tensor(module.manager(), "cache", step.create(0f), tokens));
    }

    /** The size of a cache for each token of room. */
    long cacheBytesPerToken() {
        return 2L * Float.BYTES * configuration.layers() * configuration.channels();
    }

    /**
     * Feeds tokens of several sequences and writes their keys and values into the caches.
     *
     * @param reading whether these are prompts, which are read in the faster way if there is one
     * @return [B, V] logits after the last token of each sequence
     */
    float[] step(List<Feed> feeds, boolean reading) {
        PackedTokens packed = PackedTokens.of(feeds.stream().map(Feed::tokens).toList());
        long[] starts = feeds.stream().mapToLong(Feed::start).toArray();
        return exclusively(step -> floats(module.tensor(
                step,
                "step",
                step.create(packed.tokens()),
                step.create(packed.positions(starts)),
                step.create(packed.last()),
                starts,
                packed.counts(),
                feeds.stream().map(Feed::cache).toList(),
                reading)));
    }

    /**
     * The losses of the tokens at the end of texts.
     *
     * @param texts each from its beginning; its last token is not fed
     * @param counted how many tokens of each text count, less than it has
     * @return the negative log-probabilities of those that count, in nats, one text after the other
     */
    float[] losses(List<int[]> texts, int[] counted) {
        PackedTokens packed = PackedTokens.of(
                texts.stream().map(text -> Arrays.copyOf(text, text.length - 1)).toList());
        long[] ends = packed.last();
        long[] rows = new long[Arrays.stream(counted).sum()];
        long[] targets = new long[rows.length];
        int at = 0;
        for (int b = 0; b < counted.length; b++) {
            int[] text = texts.get(b);
            for (int back = counted[b] - 1; back >= 0; back--) {
                rows[at] = ends[b] - back;
                targets[at++] = text[text.length - 1 - back];
            }
        }
        return exclusively(step -> floats(module.tensor(
                step,
                "losses",
                step.create(packed.tokens()),
                step.create(packed.positions(new long[texts.size()])),
                packed.counts(),
                step.create(rows),
                step.create(targets),
                SOFTMAX_ROWS)));
    }

    private <T> T exclusively(Function<NDManager, T> call) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model was closed");
            }
            try (NDManager step = module.manager().newSubManager()) {
                return call.apply(step);
            }
        } finally {
            turn.unlock();
        }
    }

    private static float[] floats(NDArray array) {
        float[] values = new float[Math.toIntExact(array.size())];
        array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static WeightType onDevice(WeightType type, Device device) {
        return switch (type) {
            case AUTO -> device.isGpu() ? WeightType.BF16 : WeightType.F16;
            case F32, F16 -> type;
            case BF16 -> {
                require(TorchRuntime.hasBf16(device), "bf16", "bf16 instructions", "auto, f32, f16 or int8");
                yield type;
            }
            case INT8 -> {
                require(!device.isGpu(), "int8", "a processor, not a GPU", "auto, f32, f16 or bf16");
                yield type;
            }
        };
    }

    private static void require(boolean holds, String type, String needed, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "weights is " + type + ", which needs " + needed + "; on this device it must be " + allowed);
        }
    }

    private static TorchArchive archive(ModelConfiguration configuration, WeightType type, Device device) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("n_layer", configuration.layers());
        attributes.put("n_head", configuration.heads());
        attributes.put("n_embd", configuration.channels());
        attributes.put("modern", configuration.architecture() == Architecture.MODERN);
        attributes.put("gelu", configuration.activation() == Activation.GELU_TANH ? "tanh" : "none");
        attributes.put("weights", device.isGpu() ? "plain" : type.name().toLowerCase(Locale.ROOT));
        attributes.put(
                "dtype",
                switch (type) {
                    case F32 -> TORCH_FLOAT32;
                    case F16, INT8, AUTO -> TORCH_FLOAT16;
                    case BF16 -> TORCH_BFLOAT16;
                });
        attributes.put("levels", TorchRuntime.hasVnni() ? LEVELS : LEVELS_WITHOUT_VNNI);
        for (String tensor : List.of("wte", "wpe", "cos", "sin")) {
            attributes.put(tensor, TorchArchive.PLACEHOLDER);
        }
        for (String list : List.of("norms", "norm_biases", "matrices", "readers", "packed", "biases")) {
            attributes.put(list, TorchArchive.NO_LIST);
        }
        attributes.put("reading", false);
        return new TorchArchive("Decoder", Network.script("decode.py"), attributes);
    }

    /** Frees the model's memory, caches included; calls from now on are refused. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                module.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
