package io.minigpt.gpt.export;

import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CheckpointDirectory;
import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Checkpoints with random weights, made without libtorch. */
public final class RandomCheckpoint {
    private RandomCheckpoint() {}

    /** Writes a checkpoint of 2 layers, 2 heads, 32 channels, context 24, but for the {@code overrides}. */
    public static Path write(Path target, Map<String, ?> overrides) throws IOException {
        Map<String, Object> values = new HashMap<>(Map.of("n_layer", 2, "n_head", 2, "n_embd", 32, "block_size", 24));
        values.putAll(overrides);
        ModelConfiguration model = ModelConfiguration.of(values);
        SplittableRandom random = new SplittableRandom(7);
        List<NamedTensor> tensors = new ArrayList<>();
        for (Gpt2Weight weight : Gpt2Weight.of(model, model.vocabularySize())) {
            if (model.bias() || !weight.bias()) {
                tensors.add(new NamedTensor(weight.name(), weight.shape(), numbers(weight.size(), random)));
            }
        }
        return write(target, model, tensors);
    }

    /** Writes the description of a modern model, with weights that nobody should come to read. */
    static Path writeModern(Path target) throws IOException {
        ModelConfiguration model =
                ModelConfiguration.of(Map.of("architecture", "modern", "n_layer", 1, "n_head", 2, "n_embd", 32));
        return write(target, model, List.of());
    }

    private static Path write(Path target, ModelConfiguration model, List<NamedTensor> tensors) throws IOException {
        CheckpointDirectory.write(
                target,
                Map.of(Checkpoint.MODEL_FILE, tensors),
                files -> new Checkpoint(
                        model,
                        TrainingConfiguration.of(Map.of()),
                        12,
                        OptionalDouble.of(3.5),
                        Map.of("dataset", "demo:3"),
                        "test",
                        files));
        return target;
    }

    private static ByteBuffer numbers(int count, SplittableRandom random) {
        ByteBuffer numbers = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            numbers.putFloat((float) random.nextGaussian(0, 0.1));
        }
        return numbers.flip();
    }
}
