package io.minigpt.tokenization.files;

import io.minigpt.tokenization.TextForm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Encodes on several threads and gives back in order, so that neither bytes nor order depend on their number. Two pieces
 * a thread are under way at most; while they are, the caller reads the next and writes the last.
 */
final class EncodingThreads implements AutoCloseable {

    private final ExecutorService threads;
    private final Deque<Future<List<EncodedEntry>>> underWay = new ArrayDeque<>();
    private final TextForm form;
    private final int most;

    EncodingThreads(int count, TextForm form) {
        this.form = form;
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("encoding-", 0).factory());
        most = 2 * count;
    }

    boolean full() {
        return underWay.size() >= most;
    }

    boolean idle() {
        return underWay.isEmpty();
    }

    void add(List<Entry> entries) {
        underWay.add(threads.submit(() ->
                entries.stream().map(entry -> EncodedEntry.of(entry, form)).toList()));
    }

    /** Waits for the oldest piece. */
    List<EncodedEntry> take() {
        try {
            return underWay.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record cannot be encoded: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while records were encoded", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
