package io.minigpt.local.endtoend;

import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

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
        List<Artifact> files = List.of(
                write("datasets/text/1/train.bin", tokens(4_000)), write("datasets/text/1/val.bin", tokens(400)));
        return version("text", DatasetKind.DATASET_KIND_PRETRAINING, files);
    }

    DatasetVersion fineTuning() throws IOException {
        List<Artifact> files = new ArrayList<>();
        files.add(write("datasets/pairs/1/train.bin", tokens(64 * RECORD_TOKENS)));
        files.add(write("datasets/pairs/1/train.index", index(64)));
        files.add(write("datasets/pairs/1/val.bin", tokens(8 * RECORD_TOKENS)));
        files.add(write("datasets/pairs/1/val.index", index(8)));
        return version("pairs", DatasetKind.DATASET_KIND_SFT, files);
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

    private byte[] tokens(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putShort((short) random.nextInt(VOCABULARY));
        }
        return bytes.array();
    }

    private static byte[] index(int records) {
        ByteBuffer bytes = ByteBuffer.allocate(records * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (long record = 0; record < records; record++) {
            bytes.putLong(record * RECORD_TOKENS).putInt(RECORD_TOKENS).putInt(PROMPT_TOKENS);
        }
        return bytes.array();
    }

    private static DatasetVersion version(String name, DatasetKind kind, List<Artifact> files) {
        return DatasetVersion.newBuilder()
                .setName(name)
                .setVersion(1)
                .setIdentity("00")
                .setKind(kind)
                .addAllFiles(files)
                .build();
    }

    private Artifact write(String key, byte[] content) throws IOException {
        Path file = artifacts.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return Artifact.newBuilder()
                .setName(file.getFileName().toString())
                .setKey(key)
                .setSha256(sha256(content))
                .setBytes(content.length)
                .build();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
