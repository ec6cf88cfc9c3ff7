package io.minigpt.data.bench;

import io.minigpt.platform.servers.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is removed with all that is in it. */
record WorkFolder(Path path) implements AutoCloseable {

    /** Makes an empty one under a folder. */
    static WorkFolder create(Path parent, String prefix) throws IOException {
        return new WorkFolder(Files.createTempDirectory(Files.createDirectories(parent.toAbsolutePath()), prefix));
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
