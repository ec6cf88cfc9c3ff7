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
    void leavesNothingOfWhatWasNotCommitted() throws IOException {
        try (ArtifactWriter writer = store.create("a/b")) {
            writer.write(CONTENT);
        }

        try (Stream<Path> left = Files.list(root.resolve("a"))) {
            assertThat(left).isEmpty();
        }
    }
}
