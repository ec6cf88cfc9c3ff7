package io.minigpt.gpt.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes a checkpoint so that it is there wholly or not at all: files go into a hidden directory beside the target,
 * are flushed to the disk, and the directory gets its name last.
 */
public final class CheckpointDirectory {
    private CheckpointDirectory() {}

    /**
     * Writes a checkpoint.
     *
     * @param target the directory to make
     * @param tensors each tensor file's name and content
     * @param describe the description, once the files' hashes are known
     * @throws FileAlreadyExistsException if there is a {@code target} already
     */
    public static Checkpoint write(
            Path target, Map<String, List<NamedTensor>> tensors, Function<Map<String, FileDigest>, Checkpoint> describe)
            throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "a checkpoint is never overwritten");
        }
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path hidden = Files.createTempDirectory(parent, "." + target.getFileName() + "-");
        try {
            Checkpoint checkpoint = describe.apply(TensorFiles.write(hidden, tensors));
            try (FileChannel channel = create(hidden.resolve(Checkpoint.METADATA_FILE))) {
                channel.write(ByteBuffer.wrap(checkpoint.toJson()));
                channel.force(true);
            }
            flushDirectory(hidden);
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
            flushDirectory(parent);
            return checkpoint;
        } finally {
            deleteIfLeft(hidden);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A rename is on the disk only when the directory that holds the name is. */
    private static void flushDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteIfLeft(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
