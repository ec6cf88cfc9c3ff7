package io.minigpt.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FolderArtifactStoreTest extends ArtifactStoreContract {

    private Path root;
    private FolderArtifactStore store;

    @BeforeEach
    void open() {
        root = folder.resolve("store");
        store = new FolderArtifactStore(root);
    }

    @Override
    ArtifactStore store() {
        return store;
    }

    @Override
    void overwrite(String key, byte[] content) throws IOException {
        Files.write(root.resolve(key), content);
    }

    @Test
    void discardsWhatKilledWritersLeftAndNothingElse() throws IOException {
        // Given a writer that will never go on, and one that will
        ArtifactWriter killed = store.create("runs/a/1-5/weights");
        killed.write(CONTENT);
        try (ArtifactWriter alive = store.create("runs/a/2-5/weights")) {
            alive.write(CONTENT);

            store.discardUnfinished("runs/a", key -> key.startsWith("runs/a/1-"));

            try (Stream<Path> left = Files.list(root.resolve("runs/a/1-5"))) {
                assertThat(left).isEmpty();
            }
            alive.commit();
        }
        assertThat(store.list("runs")).containsExactly("runs/a/2-5/weights");
    }

    @Test
    void leavesNothingOfWhatWasNotCommitted() throws IOException {
        try (ArtifactWriter writer = store.create("a/b")) {
            writer.write(CONTENT);
        }

        try (Stream<Path> left = Files.list(root.resolve("a"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void listsAFolderWhoseFilesAreRemovedMeanwhile() throws Exception {
        List<String> keys = IntStream.range(0, 2_000).mapToObj(i -> "a/" + i).toList();
        Files.createDirectories(root.resolve("a"));
        for (String key : keys) {
            Files.write(root.resolve(key), CONTENT);
        }
        try (ExecutorService remover = Executors.newSingleThreadExecutor()) {
            Future<?> removed = remover.submit(() -> {
                for (String key : keys) {
                    store.delete(key);
                }
                return null;
            });
            while (!removed.isDone()) {
                assertThat(keys).containsAll(store.list("a"));
            }
            removed.get();
        }
        assertThat(store.list("a")).isEmpty();
    }

    @Test
    void linksAFinishedFileOfItsOwnDisk() throws IOException {
        Path file = Files.write(folder.resolve("file"), CONTENT);

        Artifact artifact = store.put("a/b", file);

        assertThat(store.local(artifact)).isNotEqualTo(file);
        assertThat(Files.isSameFile(store.local(artifact), file)).isTrue();
        try (Stream<Path> stored = Files.list(root.resolve("a"))) {
            assertThat(stored).containsExactly(root.resolve("a/b"));
        }
        Files.delete(file);
        assertThat(store.local(artifact)).hasBinaryContent(CONTENT);
    }

    @Test
    void takesWhatASymbolicLinkLeadsTo() throws IOException {
        Path file = Files.write(folder.resolve("file"), CONTENT);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        Artifact artifact = store.put("a/b", link);

        assertThat(store.local(artifact)).isRegularFile().hasBinaryContent(CONTENT);
        assertThat(Files.isSymbolicLink(store.local(artifact))).isFalse();
    }

    @Test
    void copiesAFileOfAnotherDisk() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)));
        Path file = Files.createTempFile(memory, "minigpt-", "");
        try {
            Artifact artifact = store.put("a/b", Files.write(file, CONTENT));
            assertThatThrownBy(() -> store.put("a/c", file, "0".repeat(64)))
                    .hasMessage("file " + file + " changed after it was written");

            assertThat(Files.isSameFile(store.local(artifact), file)).isFalse();
            assertThat(store.local(artifact)).hasBinaryContent(CONTENT);
            assertThat(store.list("a")).containsExactly("a/b");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void keepsWhatIsThereWhenTheSameFileComesAgain() throws IOException {
        Path file = Files.write(folder.resolve("file"), CONTENT);
        Artifact first = store.put("a/b", file);

        assertThat(store.put("a/b", file)).isEqualTo(first);

        try (Stream<Path> stored = Files.list(root.resolve("a"))) {
            assertThat(stored).containsExactly(root.resolve("a/b"));
        }
    }
}
