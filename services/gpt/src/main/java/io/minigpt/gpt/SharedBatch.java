package io.minigpt.gpt;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A batch that threads share: whoever waits for sequences of his own computes the steps of all, if nobody else does.
 * Requests for which there is no room wait, in the order in which they came.
 */
final class SharedBatch {
    private final GenerationBatch batch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stepped = lock.newCondition();
    private final Queue<AwaitedGeneration> waiting = new ArrayDeque<>();
    private boolean stepping;
    private long steps;

    SharedBatch(GenerationBatch batch) {
        this.batch = batch;
    }

    /**
     * Returns when all have ended or failed.
     *
     * @param beforeStep runs before each step that this thread computes or waits for; what it throws ends the generations
     */
    void complete(List<AwaitedGeneration> generations, Runnable beforeStep) {
        enqueue(generations);
        try {
            do {
                beforeStep.run();
            } while (!advance(generations));
        } catch (RuntimeException | Error e) {
            generations.forEach(AwaitedGeneration::cancel);
            while (!advance(generations)) {
                // they leave in the next step
            }
            throw e;
        }
    }

    private void enqueue(List<AwaitedGeneration> generations) {
        lock.lock();
        try {
            waiting.addAll(generations);
        } finally {
            lock.unlock();
        }
    }

    /** Computes a step, or waits for one that another thread computes. */
    private boolean advance(List<AwaitedGeneration> generations) {
        lock.lock();
        try {
            if (generations.stream().allMatch(AwaitedGeneration::ended)) {
                return true;
            }
            if (stepping) {
                long current = steps;
                while (steps == current) {
                    stepped.awaitUninterruptibly();
                }
            } else {
                step();
            }
            return generations.stream().allMatch(AwaitedGeneration::ended);
        } finally {
            lock.unlock();
        }
    }

    private void step() {
        stepping = true;
        try {
            while (!waiting.isEmpty() && batch.hasRoom(waiting.element().request())) {
                waiting.remove().joinIn(batch);
            }
            lock.unlock();
            try {
                batch.step();
            } finally {
                lock.lock();
            }
        } finally {
            stepping = false;
            steps++;
            stepped.signalAll();
        }
    }
}
