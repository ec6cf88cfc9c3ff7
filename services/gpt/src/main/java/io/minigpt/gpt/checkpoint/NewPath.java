package io.minigpt.gpt.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes a file or a directory so that it is there wholly or not at all: it is filled under a hidden name beside the
 * target, flushed to the disk, and gets its name last. What exists is never overwritten.
 */
public final class NewPath {
    private NewPath() {}

    /**
     * Writes what the target is to hold.
     *
     * @param <T> what the caller gets back
     */
    public interface Content<T> {
        /** Fills the empty hidden directory, or the hidden file, which does not exist yet. */
        T writeTo(Path hidden) throws IOException;
    }

    /**
     * Makes a directory of files.
     *
     * @throws FileAlreadyExistsException if there is a {@code target} already
     */
    public static <T> T directory(Path target, Content<T> content) throws IOException {
        Path hidden = Files.createDirectory(hiddenFor(target));
        try {
            T result = content.writeTo(hidden);
            for (Path file : files(hidden)) {
                flush(file);
            }
            publish(hidden, target);
            return result;
        } finally {
            if (Files.exists(hidden)) {
                for (Path file : files(hidden)) {
                    Files.delete(file);
                }
                Files.delete(hidden);
            }
        }
    }

    /**
     * Makes one file.
     *
     * @throws FileAlreadyExistsException if there is a {@code target} already
     */
    public static <T> T file(Path target, Content<T> content) throws IOException {
        Path hidden = hiddenFor(target);
        try {
            T result = content.writeTo(hidden);
            publish(hidden, target);
            return result;
        } finally {
            Files.deleteIfExists(hidden);
        }
    }

    private static Path hiddenFor(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it exists and is never overwritten");
        }
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        return parent.resolve("." + target.getFileName() + "-" + UUID.randomUUID());
    }

    private static void publish(Path hidden, Path target) throws IOException {
        flush(hidden);
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
        // a rename is on the disk only when the directory that holds the name is
        flush(hidden.getParent());
    }

    private static void flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
