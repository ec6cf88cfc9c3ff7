package io.minigpt.corpus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Works on items side by side and hands the results on one after the other, in the order of the items. It holds a few
 * of them at most: whoever adds waits for room. After a failure nothing more is handed on.
 */
final class Pipeline implements AutoCloseable {

    private static final Executor THREADS =
            work -> Thread.ofVirtual().name("import").start(work);

    private final Semaphore room;
    private CompletableFuture<Void> handedOn = CompletableFuture.completedFuture(null);

    /** @param size items that it holds */
    Pipeline(int size) {
        room = new Semaphore(size);
    }

    /** Adds an item. @throws RuntimeException that an earlier one failed with */
    <T> void add(Supplier<T> work, Consumer<T> next) {
        room.acquireUninterruptibly();
        if (handedOn.isCompletedExceptionally()) {
            room.release();
            finish();
        }
        handedOn = handedOn.thenCombineAsync(
                CompletableFuture.supplyAsync(work, THREADS),
                (nothing, result) -> {
                    next.accept(result);
                    return null;
                },
                THREADS);
        handedOn.whenComplete((nothing, failure) -> room.release());
    }

    /** Waits until everything is handed on. @throws RuntimeException that an item failed with */
    void finish() {
        try {
            handedOn.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Waits until nothing is under way, however it ends. */
    @Override
    public void close() {
        handedOn.handle((nothing, failure) -> null).join();
    }
}
