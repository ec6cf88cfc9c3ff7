package io.minigpt.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
