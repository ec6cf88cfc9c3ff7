package io.minigpt.gpt.export;

import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CheckpointDirectory;
import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Makes a checkpoint of the GPT-2 in a Hugging Face directory ({@code config.json} and {@code model.safetensors} in F32,
 * F16 or BF16), for {@link io.minigpt.gpt.Generator#load} and {@link io.minigpt.gpt.Trainer#fork}. It has no optimizer
 * state, so it cannot be resumed; its step is 0 and its training configuration all defaults, because no training of
 * ours was behind it. The vocabulary keeps its size: a padding row would have to be trained before it did no harm.
 */
public final class HuggingFaceImport {
    private static final String PREFIX = "transformer.";
    private static final String HEAD = "lm_head.weight";

    private final Safetensors file;
    private final String prefix;

    private HuggingFaceImport(Safetensors file) {
        this.file = file;
        this.prefix = file.names().contains(Gpt2Weight.TOKEN_EMBEDDING) ? PREFIX : "";
    }

    /**
     * Imports a model. A model whose biases are all zero becomes one without biases, which is the same function.
     *
     * @param directory with {@code config.json} and {@code model.safetensors}
     * @param target the checkpoint directory to make
     * @throws java.nio.file.FileAlreadyExistsException if there is a {@code target} already
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if the weights are truncated or lack a tensor
     * @throws UnsupportedModelException if the model is no GPT-2, or one with parts that the network here does not have
     * @throws io.minigpt.gpt.configuration.InvalidConfigurationException if its size is none that the network can have
     */
    public static Checkpoint read(Path directory, Path target) throws IOException {
        ModelConfiguration model = HuggingFaceConfiguration.read(directory, true);
        try (Safetensors file = Safetensors.open(directory.resolve("model.safetensors"))) {
            return new HuggingFaceImport(file).writeCheckpoint(model, directory, target);
        }
    }

    private Checkpoint writeCheckpoint(ModelConfiguration model, Path source, Path target) throws IOException {
        List<Gpt2Weight> weights = Gpt2Weight.of(model, model.vocabularySize());
        refuseUnknownTensors(weights);
        boolean bias = hasBiases(weights);
        List<NamedTensor> tensors = new ArrayList<>();
        for (Gpt2Weight weight : weights) {
            if (bias || !weight.bias()) {
                tensors.add(new NamedTensor(weight.name(), weight.shape(), data(weight)));
            }
        }
        String version = Objects.requireNonNullElse(
                HuggingFaceImport.class.getPackage().getImplementationVersion(), "development");
        return CheckpointDirectory.write(
                target,
                Map.of(Checkpoint.MODEL_FILE, tensors),
                files -> new Checkpoint(
                        model.with(Map.of("bias", bias)),
                        TrainingConfiguration.of(Map.of()),
                        0,
                        OptionalDouble.empty(),
                        Map.of(
                                "imported",
                                source.toAbsolutePath()
                                        .normalize()
                                        .getFileName()
                                        .toString()),
                        "minigpt " + version + ", import",
                        files));
    }

    private void refuseUnknownTensors(List<Gpt2Weight> weights) {
        Set<String> known = new HashSet<>();
        weights.forEach(weight -> known.add(fileName(weight)));
        for (String name : file.names()) {
            // old files hold the causal mask beside the weights
            boolean mask = name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias");
            if (!mask && !name.equals(HEAD) && !known.contains(name)) {
                throw new UnsupportedModelException("the model has a tensor " + name + ", which GPT-2 does not have");
            }
        }
        Gpt2Weight embedding = weights.getFirst();
        if (file.names().contains(HEAD)
                && !file.tensor(HEAD, embedding.shape()).data().equals(data(embedding))) {
            throw new UnsupportedModelException("the model's " + HEAD
                    + " is another matrix than its token embedding, but the network here has one for both");
        }
    }

    private boolean hasBiases(List<Gpt2Weight> weights) {
        for (Gpt2Weight weight : weights) {
            if (weight.bias()) {
                FloatBuffer data = data(weight).asFloatBuffer();
                while (data.hasRemaining()) {
                    if (data.get() != 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A weight's numbers as a checkpoint has them. */
    private ByteBuffer data(Gpt2Weight weight) {
        if (!weight.projection()) {
            return file.tensor(fileName(weight), weight.shape()).data();
        }
        int outputs = (int) weight.shape()[0];
        int inputs = (int) weight.shape()[1];
        NamedTensor conv1d = file.tensor(fileName(weight), inputs, outputs);
        return Transposed.of(conv1d.data().asFloatBuffer(), inputs, outputs);
    }

    private String fileName(Gpt2Weight weight) {
        return prefix + weight.name().substring(PREFIX.length());
    }
}
