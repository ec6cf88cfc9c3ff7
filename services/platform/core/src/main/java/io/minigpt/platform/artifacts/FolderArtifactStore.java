package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The artifact store as a folder: written under a temporary name beside the target, flushed, hashed, moved. A finished
 * file of the same file system is linked instead of copied.
 */
public final class FolderArtifactStore implements ArtifactStore {

    private static final Logger LOG = Logger.getLogger(FolderArtifactStore.class);
    private static final String TEMPORARY = ".writing-";

    private final Path root;
    /** Files whose content was compared with their sha256 since the start, with the size and time they had then. */
    private final Map<Path, Verified> verified = new ConcurrentHashMap<>();

    private record Verified(String sha256, long bytes, long modified) {}

    public FolderArtifactStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public ArtifactWriter create(String key) throws IOException {
        Path target = path(key);
        Files.createDirectories(target.getParent());
        return new FileWriter(key, target);
    }

    @Override
    public Artifact put(String key, Path file) throws IOException {
        return put(key, file, Optional.empty());
    }

    @Override
    public Artifact put(String key, Path file, String sha256) throws IOException {
        return put(key, file, Optional.of(sha256));
    }

    /** @param written sha256 that its writer computed; a file that has to be copied is compared with it */
    private Artifact put(String key, Path file, Optional<String> written) throws IOException {
        Path target = path(key);
        Files.createDirectories(target.getParent());
        Path temporary = temporary(target);
        try {
            boolean linked = link(temporary, file);
            if (!linked) {
                Files.copy(file, temporary);
            }
            String sha256 = linked && written.isPresent() ? written.get() : hash(temporary);
            ArtifactStore.requireUnchanged(file, written.orElse(sha256), sha256);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return commit(temporary, key, sha256);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** @return whether it could be linked: not from another file system, nor where links are not allowed */
    private static boolean link(Path link, Path file) throws IOException {
        // what a symbolic link leads to, not that link
        Path real = file.toRealPath();
        try {
            Files.createLink(link, real);
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            LOG.debugf(e, "%s is copied, for it cannot be linked", file);
            return false;
        }
    }

    @Override
    public InputStream open(Artifact artifact) throws IOException {
        return new VerifyingInputStream(Files.newInputStream(existing(artifact)), artifact);
    }

    @Override
    public Path local(Artifact artifact) throws IOException {
        Path file = existing(artifact);
        Verified now = new Verified(
                artifact.getSha256(),
                Files.size(file),
                Files.getLastModifiedTime(file).toMillis());
        if (!now.equals(verified.get(file))) {
            String actual = hash(file);
            if (!actual.equals(artifact.getSha256())) {
                throw DamagedArtifactException.of(artifact, "sha256 " + actual);
            }
            verified.put(file, now);
        }
        return file;
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return files(prefix, file -> !isTemporary(file));
    }

    @Override
    public void discardUnfinished(String prefix, Predicate<String> abandoned) throws IOException {
        for (String file : files(prefix, FolderArtifactStore::isTemporary)) {
            if (abandoned.test(file)) {
                Files.deleteIfExists(root.resolve(file));
            }
        }
    }

    private List<String> files(String prefix, Predicate<Path> wanted) throws IOException {
        Path folder = path(prefix);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && wanted.test(file)) {
                    found.add(root.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    // removed or renamed since its folder was read
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        Collections.sort(found);
        return found;
    }

    private static boolean isTemporary(Path file) {
        return file.getFileName().toString().startsWith(TEMPORARY);
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    private Path path(String key) {
        return root.resolve(ArtifactKeys.checked(key));
    }

    private Path existing(Artifact artifact) throws IOException {
        Path file = path(artifact.getKey());
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "the artifact is not in the store");
        }
        long bytes = Files.size(file);
        if (bytes != artifact.getBytes()) {
            throw DamagedArtifactException.of(artifact, bytes + " bytes");
        }
        return file;
    }

    private static Path temporary(Path target) {
        return target.resolveSibling(TEMPORARY + UUID.randomUUID());
    }

    /** Makes what was written and flushed visible; what has the same content already stays. */
    private Artifact commit(Path temporary, String key, String sha256) throws IOException {
        Path target = path(key);
        long bytes = Files.size(temporary);
        if (!Files.exists(target)) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } else if (!hash(target).equals(sha256)) {
            throw new IOException("artifact " + key + " exists with other content");
        }
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return Artifact.newBuilder()
                .setName(ArtifactKeys.name(key))
                .setKey(key)
                .setSha256(sha256)
                .setBytes(bytes)
                .build();
    }

    private static String hash(Path file) throws IOException {
        HashingOutputStream hash = new HashingOutputStream(OutputStream.nullOutputStream());
        Files.copy(file, hash);
        return hash.sha256();
    }

    private final class FileWriter extends ArtifactWriter {

        private final String key;
        private final Path temporary;
        private final FileChannel channel;
        private final HashingOutputStream out;

        FileWriter(String key, Path target) throws IOException {
            this.key = key;
            this.temporary = temporary(target);
            this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            this.out = new HashingOutputStream(Channels.newOutputStream(channel));
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }

        @Override
        public Artifact commit() throws IOException {
            channel.force(true);
            channel.close();
            return FolderArtifactStore.this.commit(temporary, key, out.sha256());
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(temporary);
        }
    }
}
