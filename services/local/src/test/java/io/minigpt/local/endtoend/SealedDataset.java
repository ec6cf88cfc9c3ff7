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
import java.util.HexFormat;
import java.util.List;

/** The first version of a dataset, with its files in the artifact store as tokenization writes them. */
final class SealedDataset {
    /** One row of a split's index. */
    record Row(long firstToken, int tokens, int promptTokens) {}

    private final Path artifacts;
    private final DatasetVersion.Builder version;

    SealedDataset(Path artifacts, String name, DatasetKind kind) {
        this.artifacts = artifacts;
        this.version = DatasetVersion.newBuilder()
                .setName(name)
                .setVersion(1)
                .setIdentity("00")
                .setKind(kind);
    }

    SealedDataset tokens(String split, int[] tokens) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(tokens.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int token : tokens) {
            bytes.putShort((short) token);
        }
        return file(split + ".bin", bytes.array());
    }

    SealedDataset index(String split, List<Row> rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(rows.size() * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (Row row : rows) {
            bytes.putLong(row.firstToken).putInt(row.tokens).putInt(row.promptTokens);
        }
        return file(split + ".index", bytes.array());
    }

    SealedDataset file(String name, byte[] content) throws IOException {
        String key = "datasets/" + version.getName() + "/1/" + name;
        Path file = artifacts.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        version.addFiles(Artifact.newBuilder()
                .setName(name)
                .setKey(key)
                .setSha256(sha256(content))
                .setBytes(content.length));
        return this;
    }

    DatasetVersion version() {
        return version.build();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
