package io.minigpt.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * A version in memory with its scheduler: as long as it has texts, it takes turns on the model's thread, in each of which
 * it lets texts join if there is room, continues all of them by a step and lets those that have ended leave.
 */
final class LoadedModel {

    private static final Logger LOG = Logger.getLogger(LoadedModel.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ServableVersion version;
    private final LanguageModel model;
    private final long bytes;
    private final int capacity;
    private final Runnable left;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingTexts waiting = new WaitingTexts();
    private final Set<SubmittedText> running = ConcurrentHashMap.newKeySet();
    private final ModelMetrics metrics;
    private final CountDownLatch gone = new CountDownLatch(1);
    private boolean busy;
    private boolean retired;
    private volatile Duration lastDuration = SHORTEST_WAIT;
    private volatile long lastUse = System.nanoTime();

    /**
     * @param bytes what its weights take
     * @param capacity how many texts may wait for room
     * @param left called when it has left the memory
     */
    LoadedModel(
            ServableVersion version,
            LanguageModel model,
            long bytes,
            int capacity,
            MeterRegistry registry,
            Runnable left) {
        this.version = version;
        this.model = model;
        this.bytes = bytes;
        this.left = left;
        this.capacity = capacity;
        this.metrics = new ModelMetrics(registry, version.id(), this::waiting, running::size);
    }

    ServableVersion version() {
        return version;
    }

    /** What its weights take, in bytes. */
    long bytes() {
        return bytes;
    }

    /** When it was last asked, comparable with that of others. */
    long lastUse() {
        return lastUse;
    }

    /**
     * Queues all texts of a call or none.
     *
     * @param caller whose call it is; callers take turns
     * @throws PromptTooLongException if a prompt does not fit the context, which may not slide
     * @throws QueueFullException if there is not enough room
     */
    void submit(Submission submission, String caller) {
        submission.texts().forEach(text -> requireFit(text.request()));
        lock.lock();
        try {
            // a caller that has gone away makes room
            waiting.removeAbandoned();
            if (waiting.size() + submission.texts().size() > capacity) {
                throw new QueueFullException(
                        waiting.size() + " texts wait for " + version.id() + " already; try again later", retryAfter());
            }
            lastUse = System.nanoTime();
            waiting.add(caller, submission.texts());
            takeTurns();
        } finally {
            lock.unlock();
        }
    }

    /** Lets it end its texts and leave the memory; must not be called before a last {@link #submit}. */
    void retire() {
        lock.lock();
        try {
            retired = true;
            takeTurns();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has left the memory. @return whether it has within the time */
    boolean awaitEnd(Duration time) throws InterruptedException {
        return gone.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether it has not left the memory yet. */
    boolean inMemory() {
        return gone.getCount() > 0;
    }

    /** Gives up all of its texts. */
    void cancelAll() {
        ModelUnavailableException reason = new ModelUnavailableException("the service is stopping");
        lock.lock();
        try {
            waiting.all().forEach(text -> text.cancel(reason));
        } finally {
            lock.unlock();
        }
        running.forEach(text -> text.cancel(reason));
    }

    private int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void requireFit(GenerationRequest request) {
        int length = request.prompt().length;
        if (request.overflow() == ContextOverflow.STOP && length >= model.context()) {
            throw new PromptTooLongException(
                    "the prompt has " + length + " tokens, its template included, and the model's" + " context of "
                            + model.context() + " tokens must hold it and the answer");
        }
    }

    /** Takes a turn unless it is taking turns already; the lock is held. */
    private void takeTurns() {
        if (!busy) {
            busy = true;
            model.thread().execute(this::turn);
        }
    }

    private void turn() {
        try {
            admit();
            if (!running.isEmpty()) {
                step();
            }
        } finally {
            goOnOrLeave();
        }
    }

    private void goOnOrLeave() {
        lock.lock();
        try {
            busy = false;
            if (!running.isEmpty() || waiting.size() > 0) {
                takeTurns();
            } else if (retired) {
                leave();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        try {
            metrics.close();
            model.close();
        } finally {
            gone.countDown();
            LOG.infof("%s left the memory", version.id());
            left.run();
        }
    }

    private void admit() {
        lock.lock();
        try {
            waiting.removeAbandoned();
            while (waiting.first().isPresent()
                    && model.hasRoom(waiting.first().get().request())) {
                begin(waiting.remove());
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin(SubmittedText text) {
        running.add(text);
        text.begin();
        try {
            model.begin(text.request(), text);
        } catch (RuntimeException e) {
            text.failed(e);
        }
    }

    private void step() {
        try {
            model.step();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.errorf(e, "a step of %s failed", version.id());
            running.forEach(text -> text.failed(new IllegalStateException("the model failed: " + e, e)));
        }
        for (SubmittedText text : running) {
            if (text.ended()) {
                lastDuration = text.sinceItBegan();
                text.report(metrics);
            }
        }
        running.removeIf(SubmittedText::ended);
    }

    private Duration retryAfter() {
        Duration wait = lastDuration.multipliedBy(1 + waiting.size() / Math.max(1, running.size()));
        return wait.compareTo(SHORTEST_WAIT) < 0
                ? SHORTEST_WAIT
                : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
