package io.minigpt.local.endtoend;

import io.minigpt.local.endtoend.SealedDataset.Row;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Sealed dataset versions of tokens drawn by lot, and presets of a model that trains on them in seconds. */
final class TokenDatasets {
    private static final int VOCABULARY = 50_257;
    private static final int RECORD_TOKENS = 40;
    private static final int PROMPT_TOKENS = 20;

    private final Path artifacts;
    private final Random random = new Random(11);

    TokenDatasets(Path artifacts) {
        this.artifacts = artifacts;
    }

    DatasetVersion pretraining() throws IOException {
        return new SealedDataset(artifacts, "text", DatasetKind.DATASET_KIND_PRETRAINING)
                .tokens("train", tokens(4_000))
                .tokens("val", tokens(400))
                .version();
    }

    DatasetVersion fineTuning() throws IOException {
        return new SealedDataset(artifacts, "pairs", DatasetKind.DATASET_KIND_SFT)
                .tokens("train", tokens(64 * RECORD_TOKENS))
                .index("train", rows(64))
                .tokens("val", tokens(8 * RECORD_TOKENS))
                .index("val", rows(8))
                .version();
    }

    /** {@code tiny}, {@code tiny-pretrain} and {@code tiny-sft}. */
    static void writePresets(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.createDirectories(folder.resolve("training"));
        Files.writeString(folder.resolve("model/tiny.yaml"), """
                n_layer: 2
                n_head: 2
                n_embd: 16
                block_size: 64
                dropout: 0.1
                """);
        String training = """
                batch_size: 2
                eval_interval: 10
                eval_iters: 2
                log_interval: 1
                """;
        Files.writeString(folder.resolve("training/tiny-pretrain.yaml"), training + "max_iters: 10\n");
        Files.writeString(folder.resolve("training/tiny-sft.yaml"), training + "max_iters: 400\n");
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, VOCABULARY).toArray();
    }

    private static List<Row> rows(int records) {
        return LongStream.range(0, records)
                .mapToObj(record -> new Row(record * RECORD_TOKENS, RECORD_TOKENS, PROMPT_TOKENS))
                .toList();
    }
}
