package io.minigpt.registry.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is removed with all that is in it; links are removed, not what they lead to. */
record ExportFolder(Path path) implements AutoCloseable {

    static ExportFolder create() throws IOException {
        return new ExportFolder(Files.createTempDirectory("minigpt-export-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(path)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
