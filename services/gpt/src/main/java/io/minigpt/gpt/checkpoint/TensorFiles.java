package io.minigpt.gpt.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes the tensor files of a checkpoint at once. For each file one thread writes, another one flushes what was
 * written to the disk, and a third one hashes the same memory: one after another takes three times as long.
 */
final class TensorFiles {
    private static final int PIECE = 64 << 20;
    private static final int HASHED_AT_ONCE = 1 << 16;

    private final ExecutorService threads;

    private TensorFiles(ExecutorService threads) {
        this.threads = threads;
    }

    /**
     * Writes files into a directory, and returns when they are on the disk.
     *
     * @param files each file's name and content
     * @return each file's size and hash
     */
    static Map<String, FileDigest> write(Path directory, Map<String, List<NamedTensor>> files) throws IOException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("checkpoint-", 0).factory())) {
            TensorFiles writer = new TensorFiles(threads);
            Map<String, Future<Long>> sizes = new TreeMap<>();
            Map<String, Future<MessageDigest>> hashes = new TreeMap<>();
            files.forEach((name, tensors) -> {
                sizes.put(name, threads.submit(() -> writer.write(directory.resolve(name), tensors)));
                hashes.put(name, threads.submit(() -> hash(tensors)));
            });
            Map<String, FileDigest> digests = new TreeMap<>();
            for (String name : files.keySet()) {
                digests.put(name, FileDigest.of(result(sizes.get(name)), result(hashes.get(name))));
            }
            return digests;
        }
    }

    private long write(Path file, List<NamedTensor> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FlushedBehind flushed = new FlushedBehind(channel)) {
            Safetensors.write(flushed, Map.of(), tensors);
            channel.force(true);
            return channel.size();
        }
    }

    private static MessageDigest hash(List<NamedTensor> tensors) throws IOException {
        try (Hashed hashed = new Hashed()) {
            Safetensors.write(hashed, Map.of(), tensors);
            return hashed.digest;
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("writing a checkpoint failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a checkpoint was written", e);
        }
    }

    /** Lets the disk have a piece while the next one is written. */
    private final class FlushedBehind implements WritableByteChannel {
        private final FileChannel channel;
        private Future<?> flushing;

        FlushedBehind(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int limit = source.limit();
            source.limit(Math.min(limit, source.position() + PIECE));
            int count = channel.write(source);
            source.limit(limit);
            if (flushing == null || flushing.isDone()) {
                flushing = threads.submit(() -> {
                    channel.force(false);
                    return null;
                });
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            if (flushing != null) {
                result(flushing);
            }
        }
    }

    /** Writes nowhere. */
    private static final class Hashed implements WritableByteChannel {
        private final MessageDigest digest = FileDigest.sha256Digest();
        // a hash of native memory goes through an array, and the library's own is small
        private final byte[] bytes = new byte[HASHED_AT_ONCE];

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            while (source.hasRemaining()) {
                int part = Math.min(bytes.length, source.remaining());
                source.get(bytes, 0, part);
                digest.update(bytes, 0, part);
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    }
}
