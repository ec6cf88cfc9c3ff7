package io.minigpt.tokenization.jobs;

import io.minigpt.platform.Ids;
import io.minigpt.platform.jobs.JobLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one lease of a freeze, removed with all that is in it; those of lost leases go with it. */
final class WorkFolder implements AutoCloseable {

    private final Path root;
    private final Path path;

    private WorkFolder(Path root, Path path) {
        this.root = root;
        this.path = path;
    }

    /** Makes an empty folder. */
    static WorkFolder create(Path root, JobLease lease) throws IOException {
        // a run id may hold any characters
        Path run = root.resolve(Ids.of(lease.job().id()));
        WorkFolder folder = new WorkFolder(run, run.resolve(Long.toString(lease.number())));
        folder.close();
        Files.createDirectories(folder.path);
        return folder;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> found = Files.walk(root)) {
            List<Path> children = found.sorted(Comparator.reverseOrder()).toList();
            for (Path child : children) {
                Files.deleteIfExists(child);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("work folder " + root + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
