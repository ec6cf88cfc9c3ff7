package io.minigpt.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderArtifactStoreTest {

    private static final byte[] CONTENT = "内容".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @TempDir
    Path root;

    private FolderArtifactStore store;

    @BeforeEach
    void open() {
        store = new FolderArtifactStore(root);
    }

    @Test
    void givesBackWhatWasCommitted() throws IOException {
        Artifact artifact = write("runs/a/model.bin", CONTENT);
        assertThat(artifact.getName()).isEqualTo("model.bin");
        assertThat(artifact.getBytes()).isEqualTo(CONTENT.length);
        assertThat(store.local(artifact)).hasBinaryContent(CONTENT);
        try (InputStream in = store.open(artifact)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void showsNothingBeforeCommit() throws IOException {
        try (ArtifactWriter writer = store.create("a/b")) {
            writer.write(CONTENT);
            assertThat(store.list("a")).isEmpty();
        }
        assertThat(store.list("a")).isEmpty();
        try (Stream<Path> left = Files.list(root.resolve("a"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void takesTheSameContentTwiceAndRefusesOtherContent() throws IOException {
        Artifact first = write("key", CONTENT);
        assertThat(write("key", CONTENT)).isEqualTo(first);
        assertThatThrownBy(() -> write("key", new byte[] {1})).hasMessageContaining("other content");
        assertThat(store.local(first)).hasBinaryContent(CONTENT);
    }

    @Test
    void findsADamagedFile() throws IOException {
        Artifact artifact = write("key", CONTENT);
        byte[] flipped = CONTENT.clone();
        flipped[0] ^= 1;
        Files.write(root.resolve("key"), flipped);
        assertThatThrownBy(() -> store.local(artifact))
                .isInstanceOf(DamagedArtifactException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> {
                    try (InputStream in = store.open(artifact)) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(DamagedArtifactException.class);
    }

    @Test
    void findsATruncatedAndAMissingFile() throws IOException {
        Artifact artifact = write("key", CONTENT);
        Files.write(root.resolve("key"), new byte[1]);
        assertThatThrownBy(() -> store.open(artifact)).hasMessageContaining("1 bytes");
        store.delete("key");
        assertThatThrownBy(() -> store.open(artifact)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/absolute", "../outside", "a/../b", "a//b", "a/", ".hidden", "a b", "a\\b"})
    void refusesAKeyThatLeavesTheStore(String key) {
        assertThatThrownBy(() -> store.create(key)).isInstanceOf(IllegalArgumentException.class);
    }

    private Artifact write(String key, byte[] content) throws IOException {
        try (ArtifactWriter writer = store.create(key)) {
            writer.write(content);
            return writer.commit();
        }
    }
}
