package io.minigpt.registry;

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
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A checkpoint of one layer with 32 channels whose weights are all zero, made without libtorch. */
final class TinyCheckpoint {

    private static final int CHANNELS = 32;

    private TinyCheckpoint() {}

    static void write(Path target) throws IOException {
        ModelConfiguration model = ModelConfiguration.of(
                Map.of("n_layer", 1, "n_head", 2, "n_embd", CHANNELS, "block_size", 8, "bias", false));
        List<NamedTensor> tensors = new ArrayList<>();
        tensors.add(zeros("wte", model.vocabularySize(), CHANNELS));
        tensors.add(zeros("wpe", model.blockSize(), CHANNELS));
        tensors.add(zeros("h.0.ln_1", CHANNELS));
        tensors.add(zeros("h.0.attn.c_attn", 3 * CHANNELS, CHANNELS));
        tensors.add(zeros("h.0.attn.c_proj", CHANNELS, CHANNELS));
        tensors.add(zeros("h.0.ln_2", CHANNELS));
        tensors.add(zeros("h.0.mlp.c_fc", 4 * CHANNELS, CHANNELS));
        tensors.add(zeros("h.0.mlp.c_proj", CHANNELS, 4 * CHANNELS));
        tensors.add(zeros("ln_f", CHANNELS));
        CheckpointDirectory.write(
                target,
                Map.of(Checkpoint.MODEL_FILE, tensors),
                files -> new Checkpoint(
                        model,
                        TrainingConfiguration.of(Map.of()),
                        20,
                        OptionalDouble.of(2.5),
                        Map.of("dataset", "news-pretraining:4"),
                        "test",
                        files));
    }

    private static NamedTensor zeros(String name, long... shape) {
        int numbers = 1;
        for (long dimension : shape) {
            numbers *= Math.toIntExact(dimension);
        }
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
        return new NamedTensor("transformer." + name + ".weight", shape, data);
    }
}
