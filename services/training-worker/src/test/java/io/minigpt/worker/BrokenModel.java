package io.minigpt.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minigpt.platform.Ids;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.ModelVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.UUID;

/** A model with intact files and weights that are no numbers. */
final class BrokenModel {

    private static final String WEIGHTS = "model.safetensors";
    private static final String DESCRIPTION = "checkpoint.json";

    private final ArtifactStore artifacts;

    BrokenModel(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    ModelVersion of(ModelVersion healthy) throws IOException {
        String prefix = "runs/broken-" + UUID.randomUUID();
        byte[] weights = notANumber(content(healthy, WEIGHTS));
        ObjectMapper json = new ObjectMapper();
        ObjectNode description = (ObjectNode) json.readTree(content(healthy, DESCRIPTION));
        ((ObjectNode) description.path("files").path(WEIGHTS))
                .put("sha256", HexFormat.of().formatHex(Ids.sha256().digest(weights)));
        return healthy.toBuilder()
                .clearFiles()
                .addFiles(write(prefix + "/" + WEIGHTS, weights))
                .addFiles(write(prefix + "/" + DESCRIPTION, json.writeValueAsBytes(description)))
                .build();
    }

    /** A safetensors file is the length of its header, the header and the numbers. */
    private static byte[] notANumber(byte[] safetensors) {
        ByteBuffer file = ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN);
        file.position(Math.toIntExact(Long.BYTES + file.getLong(0)));
        while (file.hasRemaining()) {
            file.putFloat(Float.NaN);
        }
        return file.array();
    }

    private byte[] content(ModelVersion model, String name) throws IOException {
        Artifact file = model.getFilesList().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return Files.readAllBytes(artifacts.local(file));
    }

    private Artifact write(String key, byte[] content) throws IOException {
        try (ArtifactWriter writer = artifacts.create(key)) {
            writer.write(content);
            return writer.commit();
        }
    }
}
