package io.minigpt.gpt.bench;

import io.minigpt.gpt.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Saving the 124M model with its optimizer state, flushed to the disk, beside writing as many bytes. */
record CheckpointBenchmark(Models models, int runs) implements Benchmark {
    private static final int CHUNK = 16 << 20;

    @Override
    public String name() {
        return "save";
    }

    @Override
    public void run(Consumer<Row> table) throws IOException {
        Path target = models.folder().resolve("saved");
        try (Trainer trainer = Trainer.scratch(Models.gpt2(1024), Models.training(1))) {
            long bytes = bytes(trainer);
            double seconds = Median.ofRuns(runs, () -> seconds(target, () -> trainer.save(target, Map.of())));
            double plain = Median.ofRuns(runs, () -> seconds(target, () -> writeBytes(target, bytes)));
            table.accept(new Row(
                    "saving 124M with optimizer state, " + Row.number(bytes / 1e6) + " MB",
                    seconds,
                    "s",
                    Row.share(plain / seconds, "the disk, " + Row.number(bytes / plain / 1e6) + " MB/s")));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static double seconds(Path target, Work work) {
        try {
            long begin = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            Models.delete(target);
            return seconds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Weights and two moments in f32. */
    private static long bytes(Trainer trainer) {
        return 3L * Float.BYTES * trainer.model().parameters();
    }

    private static void writeBytes(Path target, long bytes) throws IOException {
        Files.createDirectory(target);
        try (FileChannel channel =
                FileChannel.open(target.resolve("bytes"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] random = new byte[CHUNK];
            new SplittableRandom(1).nextBytes(random);
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).put(random).clear();
            for (long written = 0; written < bytes; written += CHUNK) {
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
                chunk.clear();
            }
            channel.force(true);
        }
    }
}
