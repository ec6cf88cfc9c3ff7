package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Local copies of remote artifacts, named by their sha256. What was not asked for longest is deleted when there is more than
 * the limit, but nothing that was asked for within the last hour, for whoever asked may not have opened it yet.
 */
final class ArtifactCache {

    /** Reads an artifact from where it is; the stream verifies its sha256. */
    interface Source {
        InputStream open(Artifact artifact) throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(ArtifactCache.class);
    private static final Duration IN_USE = Duration.ofHours(1);
    private static final String TEMPORARY = ".writing-";

    private final Path folder;
    private final long limit;
    private final Source source;

    /** @param limit in bytes */
    ArtifactCache(Path folder, long limit, Source source) {
        this.folder = folder.toAbsolutePath().normalize();
        this.limit = limit;
        this.source = source;
    }

    /** A verified copy. One call at a time: two that ask for the same need it once. */
    synchronized Path file(Artifact artifact) throws IOException {
        Path file = folder.resolve(artifact.getSha256());
        if (Files.isRegularFile(file)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return file;
        }
        Files.createDirectories(folder);
        makeRoom(artifact.getBytes());
        Path temporary = Files.createTempFile(folder, TEMPORARY, null);
        try (InputStream in = source.open(artifact)) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return file;
    }

    private record Copy(Path file, long bytes, Instant used) {}

    private void makeRoom(long bytes) throws IOException {
        List<Copy> copies = copies();
        long total = copies.stream().mapToLong(Copy::bytes).sum();
        Instant latest = Instant.now().minus(IN_USE);
        for (Copy copy : copies) {
            if (total + bytes <= limit) {
                return;
            }
            if (copy.used().isBefore(latest)) {
                Files.deleteIfExists(copy.file());
                total -= copy.bytes();
            }
        }
        if (total + bytes > limit) {
            LOG.warnf("%s holds more than its limit: %d bytes of %d, all of them in use", folder, total + bytes, limit);
        }
    }

    private List<Copy> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Copy> copies = new ArrayList<>();
            for (Path file : (Iterable<Path>) files::iterator) {
                copies.add(new Copy(
                        file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
            }
            copies.sort(Comparator.comparing(Copy::used));
            return copies;
        }
    }
}
