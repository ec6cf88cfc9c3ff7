package io.minigpt.gpt.bench;

import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.data.RandomWindows;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.gpt.export.GgufExport;
import io.minigpt.gpt.export.GgufType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Models with random weights and random data: their speed is that of trained ones. Everything lies in one folder. */
final class Models {
    /** GPT-2's smallest, with {@code block} tokens of context. */
    static ModelConfiguration gpt2(int block) {
        return ModelConfiguration.of(Map.of("n_layer", 12, "n_head", 12, "n_embd", 768, "block_size", block));
    }

    private final Path folder;

    Models(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    static TrainingConfiguration training(int batch) {
        return TrainingConfiguration.of(Map.of("batch_size", batch, "device", "cpu", "learning_rate", 1e-4));
    }

    /** A checkpoint of GPT-2's smallest with its whole context, made when it is first asked for. */
    Path checkpoint() throws IOException {
        Path checkpoint = folder.resolve("gpt2-124m");
        if (!Files.exists(checkpoint)) {
            try (Trainer trainer = Trainer.scratch(gpt2(1024), training(1))) {
                trainer.save(checkpoint, Map.of());
            }
        }
        return checkpoint;
    }

    /** The same model for llama.cpp. */
    Path gguf(GgufType type) throws IOException {
        Path file = folder.resolve("gpt2-124m-" + type.name().toLowerCase(Locale.ROOT) + ".gguf");
        if (!Files.exists(file)) {
            GgufExport.write(checkpoint(), "gpt2-124m", type, file);
        }
        return file;
    }

    /** Batches of random tokens. */
    RandomWindows data(int batch, int block) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer tokens = ByteBuffer.allocate(Short.BYTES * 64 * block);
        while (tokens.hasRemaining()) {
            // any 16 bits below 128 * 256 = 32,768 are a token, in either byte order
            tokens.put((byte) random.nextInt(128));
        }
        Path file = Files.write(folder.resolve("random-" + block + ".bin"), tokens.array());
        return new RandomWindows(new TokenFile(file), batch, block, 1);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
