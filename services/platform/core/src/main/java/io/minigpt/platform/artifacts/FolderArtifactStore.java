package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The artifact store as a folder: written under a temporary name beside the target, flushed, hashed, moved. */
public final class FolderArtifactStore implements ArtifactStore {

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
        try (ArtifactWriter writer = create(key)) {
            Files.copy(file, writer);
            return writer.commit();
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
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(wanted)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
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

    private static String hash(Path file) throws IOException {
        HashingOutputStream hash = new HashingOutputStream(OutputStream.nullOutputStream());
        Files.copy(file, hash);
        return hash.sha256();
    }

    private static final class FileWriter extends ArtifactWriter {

        private final String key;
        private final Path target;
        private final Path temporary;
        private final FileChannel channel;
        private final HashingOutputStream out;
        private boolean committed;

        FileWriter(String key, Path target) throws IOException {
            this.key = key;
            this.target = target;
            this.temporary = target.resolveSibling(TEMPORARY + UUID.randomUUID());
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
            String sha256 = out.sha256();
            if (Files.exists(target) && !hash(target).equals(sha256)) {
                throw new IOException("artifact " + key + " exists with other content");
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
            committed = true;
            return Artifact.newBuilder()
                    .setName(ArtifactKeys.name(key))
                    .setKey(key)
                    .setSha256(sha256)
                    .setBytes(out.bytes())
                    .build();
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (!committed) {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
