package io.minigpt.worker.device;

import io.minigpt.gpt.torch.TorchRuntime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A platform thread for one run: the engine's settings are per thread, and a native call would pin a virtual one. A
 * process that is told to stop waits for the run to save itself.
 */
final class DeviceThread {

    private DeviceThread() {}

    /** Runs the work on a thread of its own and waits for its end, also when the caller is interrupted. */
    static void run(String name, Callable<Void> work) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> held(work));
        Thread.ofPlatform().name(name).start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case Exception cause -> throw cause;
                        case Error cause -> throw cause;
                        default -> throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Void held(Callable<Void> work) throws Exception {
        try (TorchRuntime.Hold hold = TorchRuntime.hold()) {
            return work.call();
        }
    }
}
