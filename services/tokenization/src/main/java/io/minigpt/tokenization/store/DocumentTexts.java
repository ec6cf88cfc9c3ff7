package io.minigpt.tokenization.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts of documents, in the table or, where they are too large for it, in the artifact store. */
@ApplicationScoped
class DocumentTexts {

    private final ArtifactStore artifacts;

    DocumentTexts(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * @param text the text in the table; null if it is in a file
     * @param file an Artifact message; null if there is no file
     */
    String read(String documentId, String text, byte[] file) {
        if (file == null) {
            return text;
        }
        try (InputStream in = artifacts.open(Artifact.parseFrom(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + documentId + " names no readable file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("text of document " + documentId + ": " + e.getMessage(), e);
        }
    }
}
