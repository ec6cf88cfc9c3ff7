package io.minigpt.inference;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * A version in memory with the requests that wait for it. Threads of its own take them in the order in which they came,
 * and the model computes theirs together; native calls therefore never hold up the threads that serve HTTP.
 */
final class LoadedModel {

    private static final Logger LOG = Logger.getLogger(LoadedModel.class);
    private static final Duration IDLE_LOOK = Duration.ofMillis(200);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final ServableVersion version;
    private final LanguageModel model;
    private final BlockingQueue<Generation> waiting;
    private final List<Thread> threads;
    private final AtomicInteger serving;
    private final Set<Generation> running = ConcurrentHashMap.newKeySet();
    private volatile Duration lastDuration = SHORTEST_WAIT;
    private volatile boolean retired;
    private volatile long lastUse = System.nanoTime();

    /**
     * @param concurrency how many requests it answers at the same time
     * @param capacity how many more may wait
     */
    LoadedModel(ServableVersion version, LanguageModel model, int concurrency, int capacity) {
        this.version = version;
        this.model = model;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.serving = new AtomicInteger(concurrency);
        this.threads = IntStream.range(0, concurrency)
                .mapToObj(number -> Thread.ofPlatform()
                        .name("model-" + version.id() + "-" + number)
                        .start(this::serve))
                .toList();
    }

    ServableVersion version() {
        return version;
    }

    /** When it was last asked, comparable with that of others. */
    long lastUse() {
        return lastUse;
    }

    /**
     * Queues all of the generations or none. Must not be called concurrently with itself or {@link #retire()}.
     *
     * @throws QueueFullException if there is not enough room
     */
    void submit(List<Generation> generations) {
        // a caller that has gone away makes room
        waiting.removeIf(Generation::abandoned);
        if (waiting.remainingCapacity() < generations.size()) {
            throw new QueueFullException(
                    waiting.size() + " requests wait for " + version.id() + " already; try again later",
                    lastDuration.compareTo(SHORTEST_WAIT) > 0 ? lastDuration : SHORTEST_WAIT);
        }
        lastUse = System.nanoTime();
        waiting.addAll(generations);
    }

    /** Lets it end its requests and leave the memory. */
    void retire() {
        retired = true;
    }

    /** Waits until it has left the memory. @return whether it has within the time */
    boolean awaitEnd(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /** Whether it has not left the memory yet. */
    boolean inMemory() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** Gives up all of its requests. */
    void cancelAll() {
        ModelUnavailableException reason = new ModelUnavailableException("the service is stopping");
        waiting.forEach(generation -> generation.cancel(reason));
        running.forEach(generation -> generation.cancel(reason));
    }

    private void serve() {
        try {
            while (!retired || !waiting.isEmpty()) {
                Generation next = waiting.poll(IDLE_LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    generate(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (serving.decrementAndGet() == 0) {
                model.close();
                LOG.infof("%s left the memory", version.id());
            }
        }
    }

    private void generate(Generation generation) {
        if (generation.abandoned()) {
            return;
        }
        long start = System.nanoTime();
        running.add(generation);
        generation.run(model);
        running.remove(generation);
        lastDuration = Duration.ofNanos(System.nanoTime() - start);
    }
}
