package io.minigpt.inference.device;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that computes, whatever model. Each thread that calls libtorch gets OpenMP threads of its own; while a
 * process has more of them than processors, they sleep between two operations instead of waiting on the processor, and
 * waking them up hundreds of times for a token takes longer than computing it. Two models at the same time would also
 * take the processors from each other in the middle of an operation.
 */
final class ComputeThread implements Executor {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("compute").factory());

    /** Runs work on a thread that ends with it, and its OpenMP threads too, so that no step waits for it. */
    static void aside(Runnable work) {
        Thread.ofPlatform().name("model-weights").start(work);
    }

    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }
}
