package io.minigpt.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every artifact store does. */
abstract class ArtifactStoreContract {

    static final byte[] CONTENT = "内容".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    abstract ArtifactStore store();

    /** Changes what is stored, behind the store's back. */
    abstract void overwrite(String key, byte[] content) throws IOException;

    @Test
    void givesBackWhatWasCommitted() throws IOException {
        Artifact artifact = write("runs/a/model.bin", CONTENT);

        assertThat(artifact.getName()).isEqualTo("model.bin");
        assertThat(artifact.getBytes()).isEqualTo(CONTENT.length);
        assertThat(store().local(artifact)).hasBinaryContent(CONTENT);
        assertThat(read(artifact)).isEqualTo(CONTENT);
    }

    @Test
    void givesBackAnEmptyFile() throws IOException {
        Artifact artifact = write("runs/a/val.bin", new byte[0]);

        assertThat(store().local(artifact)).isEmptyFile();
        assertThat(read(artifact)).isEmpty();
    }

    @Test
    void takesALocalFile() throws IOException {
        Path file = Files.write(folder.resolve("file"), CONTENT);

        Artifact artifact = store().put("a/file", file);

        assertThat(read(artifact)).isEqualTo(CONTENT);
        assertThat(store().put("a/again", file, artifact.getSha256()).getSha256())
                .isEqualTo(artifact.getSha256());
    }

    @Test
    void showsNothingBeforeCommit() throws IOException {
        try (ArtifactWriter writer = store().create("a/b")) {
            writer.write(CONTENT);
            assertThat(store().list("a")).isEmpty();
        }
        assertThat(store().list("a")).isEmpty();
    }

    @Test
    void takesTheSameContentTwiceAndRefusesOtherContent() throws IOException {
        Artifact first = write("key", CONTENT);

        assertThat(write("key", CONTENT)).isEqualTo(first);
        assertThatThrownBy(() -> write("key", new byte[] {1})).hasMessageContaining("other content");
        byte[] asLong = CONTENT.clone();
        asLong[0]++;
        assertThatThrownBy(() -> write("key", asLong)).hasMessageContaining("other content");
        assertThat(store().local(first)).hasBinaryContent(CONTENT);
    }

    @Test
    void listsAFolderInOrder() throws IOException {
        write("runs/b", CONTENT);
        write("runs/a/2", CONTENT);
        write("runs/a/1", CONTENT);
        write("runs-of-others/c", CONTENT);

        assertThat(store().list("runs")).containsExactly("runs/a/1", "runs/a/2", "runs/b");
        assertThat(store().list("nothing")).isEmpty();
    }

    @Test
    void findsADamagedFile() throws IOException {
        Artifact artifact = write("key", CONTENT);
        byte[] flipped = CONTENT.clone();
        flipped[0] ^= 1;
        overwrite("key", flipped);

        assertThatThrownBy(() -> store().local(artifact))
                .isInstanceOf(DamagedArtifactException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> read(artifact)).isInstanceOf(DamagedArtifactException.class);
    }

    @Test
    void findsATruncatedAndAMissingFile() throws IOException {
        Artifact artifact = write("key", CONTENT);
        overwrite("key", new byte[1]);

        assertThatThrownBy(() -> store().open(artifact)).hasMessageContaining("1 bytes");
        store().delete("key");
        store().delete("key");
        assertThatThrownBy(() -> store().open(artifact)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store().local(artifact)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/absolute", "../outside", "a/../b", "a//b", "a/", ".hidden", "a b", "a\\b"})
    void refusesAKeyThatLeavesTheStore(String key) {
        assertThatThrownBy(() -> store().create(key)).isInstanceOf(IllegalArgumentException.class);
    }

    final Artifact write(String key, byte[] content) throws IOException {
        try (ArtifactWriter writer = store().create(key)) {
            writer.write(content);
            return writer.commit();
        }
    }

    final byte[] read(Artifact artifact) throws IOException {
        try (InputStream in = store().open(artifact)) {
            return in.readAllBytes();
        }
    }
}
