package io.minigpt.gpt;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.Activation;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.torch.TorchArchive;
import io.minigpt.gpt.torch.TorchModule;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.gpt.torch.TorchTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The network of gpt2.py or modern.py, with types. Not thread-safe. */
final class Network implements AutoCloseable {
    /** Rows of the softmax at a time: 25 MB of logits, so that the next pass over them finds them in the cache. */
    private static final int SOFTMAX_ROWS = 128;
    /** Up to here, attention as two matrix products beats the fused one of the CPU, at T x T floats a head. */
    private static final int LONGEST_UNFUSED = 256;

    private static final double DEVIATION = 0.02;
    private static final List<String> GPT2_TENSORS = List.of(
            "wte",
            "wpe",
            "ln_1_weight",
            "ln_1_bias",
            "attn_weight",
            "attn_bias",
            "attn_proj_weight",
            "attn_proj_bias",
            "ln_2_weight",
            "ln_2_bias",
            "fc_weight",
            "fc_bias",
            "mlp_proj_weight",
            "mlp_proj_bias",
            "ln_f_weight",
            "ln_f_bias");
    private static final List<String> MODERN_TENSORS =
            List.of("wte", "attn_weight", "attn_proj_weight", "fc_weight", "mlp_proj_weight", "lm_head");

    private final ModelConfiguration configuration;
    private final TorchModule module;
    private final StackedTensors files;
    private List<NDArray> weights = List.of();
    private List<NDArray> gradients = List.of();
    private boolean changed;

    private Network(ModelConfiguration configuration, Dtype dtype, Device device) {
        this.configuration = configuration;
        this.files = new StackedTensors(WeightKind.of(configuration));
        this.module = new TorchModule(archive(configuration, dtype, device), device);
    }

    /** A network with random weights, the same for the same seed. */
    static Network fresh(ModelConfiguration configuration, Dtype dtype, Device device, long seed) {
        TorchRuntime.start();
        TorchRuntime.seed(seed);
        return new Network(configuration, dtype, device).init(DEVIATION);
    }

    /** A network with the weights of a file. */
    static Network load(ModelConfiguration configuration, Dtype dtype, Device device, Safetensors file) {
        Network network = new Network(configuration, dtype, device).init(0);
        try {
            network.files.fromFile("", network.weights, file, network);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    ModelConfiguration configuration() {
        return configuration;
    }

    /** The owner of arrays that live as long as the network. */
    NDManager manager() {
        return module.manager();
    }

    /** The weights themselves, in the order of {@link WeightKind}. */
    List<NDArray> weights() {
        return weights;
    }

    /** The weights as a file holds them, in memory of the network. */
    List<NamedTensor> toFile() {
        return files.toFile("", weights);
    }

    /** Makes the weights collect gradients. */
    void trainWeights() {
        try (NDManager step = manager().newSubManager()) {
            module.trainingTensor(step, "train_weights", step.create(0f));
            gradients = module.tensors(manager(), "weight_gradients");
        }
    }

    /** The gradients themselves, one for each of {@link #weights()}: sums over all backward passes since they were 0. */
    List<NDArray> gradients() {
        return gradients;
    }

    /** To be called when the weights were changed by other means than {@link #copy}. */
    void weightsChanged() {
        changed = true;
    }

    /**
     * Adds the gradient of {@code scale} times the summed loss to the gradients of the weights.
     *
     * @return the summed loss, unscaled, in nats
     */
    double backward(Batch batch, double dropout, double scale) {
        refresh();
        try (NDManager step = manager().newSubManager()) {
            NDArray loss = module.trainingTensor(
                    step,
                    "backward",
                    inputs(step, batch),
                    targets(step, batch),
                    positions(step, batch),
                    dropout,
                    scale,
                    SOFTMAX_ROWS);
            return loss.toDoubleArray()[0];
        }
    }

    /** [B, T] negative log-probabilities of the targets, in nats, 0 for those that do not count. */
    float[] losses(Batch batch) {
        refresh();
        try (NDManager step = manager().newSubManager()) {
            return module.tensor(
                            step,
                            "losses",
                            inputs(step, batch),
                            targets(step, batch),
                            positions(step, batch),
                            SOFTMAX_ROWS)
                    .toFloatArray();
        }
    }

    /** [B, T, V] logits of every position. */
    float[] logits(Batch batch) {
        refresh();
        try (NDManager step = manager().newSubManager()) {
            return module.tensor(step, "logits", inputs(step, batch), positions(step, batch))
                    .toFloatArray();
        }
    }

    /** Copies into a weight or moment, or into one layer of it, -1 for the whole. */
    void copy(NDArray target, int layer, NDArray source) {
        module.run("copy", target, layer, source);
        changed = true;
    }

    /** The operands of matrix products are copies where they are bf16: made once for all passes of a step. */
    private void refresh() {
        if (changed) {
            try (NDManager step = manager().newSubManager()) {
                module.trainingTensor(step, "refresh", step.create(0f));
            }
            changed = false;
        }
    }

    private Network init(double deviation) {
        try (NDManager step = manager().newSubManager()) {
            module.trainingTensor(step, "init", step.create(0f), deviation);
            weights = module.tensors(manager(), "weights");
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static NDArray inputs(NDManager owner, Batch batch) {
        return owner.create(batch.inputs(), new Shape(batch.rows(), batch.columns()));
    }

    private static NDArray targets(NDManager owner, Batch batch) {
        return owner.create(batch.targets(), new Shape(batch.rows(), batch.columns()));
    }

    private static NDArray positions(NDManager owner, Batch batch) {
        return batch.packed()
                ? owner.create(batch.positions(), new Shape(batch.rows(), batch.columns()))
                : owner.create(batch.positions(), new Shape(0));
    }

    private static TorchArchive archive(ModelConfiguration configuration, Dtype dtype, Device device) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("n_layer", configuration.layers());
        attributes.put("n_head", configuration.heads());
        attributes.put("n_embd", configuration.channels());
        attributes.put("vocab_size", configuration.vocabularySize());
        attributes.put("dtype", bf16(dtype, device) ? TorchTypes.BFLOAT16 : TorchTypes.FLOAT32);
        attributes.put("fused_attention", fusedAttention(configuration, device));
        attributes.put("operands", TorchArchive.NO_TENSORS);
        attributes.put("gradients", TorchArchive.NO_TENSORS);
        String script =
                switch (configuration.architecture()) {
                    case GPT2 -> {
                        attributes.put("block_size", configuration.blockSize());
                        attributes.put("bias", configuration.bias());
                        attributes.put("gelu", configuration.activation() == Activation.GELU_TANH ? "tanh" : "none");
                        GPT2_TENSORS.forEach(name -> attributes.put(name, TorchArchive.PLACEHOLDER));
                        yield "gpt2.py";
                    }
                    case MODERN -> {
                        MODERN_TENSORS.forEach(name -> attributes.put(name, TorchArchive.PLACEHOLDER));
                        yield "modern.py";
                    }
                };
        return new TorchArchive("GPT", script("common.py") + "\n" + script(script), attributes);
    }

    /** Whether attention is one operation that holds no weights of its own. */
    static boolean fusedAttention(ModelConfiguration configuration, Device device) {
        return device.isGpu() || configuration.blockSize() > LONGEST_UNFUSED;
    }

    /** Whether matrix products take bf16. */
    static boolean bf16(Dtype dtype, Device device) {
        return switch (dtype) {
            case AUTO -> TorchRuntime.hasBf16(device);
            case BFLOAT16 -> true;
            case FLOAT32 -> false;
        };
    }

    /** The text of a TorchScript class beside this one. */
    static String script(String name) {
        try (InputStream in = Network.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
