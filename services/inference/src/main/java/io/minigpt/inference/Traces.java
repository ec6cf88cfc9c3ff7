package io.minigpt.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.minigpt.platform.events.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Keeps what was answered, if it is to be kept, for as long as it is to. No answer waits for that: a thread of its own
 * writes, and if the database is away for so long that too many wait, the newest are lost and counted.
 */
@ApplicationScoped
public class Traces {

    private static final Logger LOG = Logger.getLogger(Traces.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_TOGETHER = 500;
    private static final int AFTER_THE_MODELS = Interceptor.Priority.APPLICATION + 1000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_FORGETTING = Duration.ofMinutes(10);

    private final TraceLog log;
    private final InferenceConfig.Traces config;
    private final Counter lost;
    private final BlockingQueue<Trace> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Signal more = new Signal();
    private volatile List<Trace> writing = List.of();
    private volatile boolean stopping;
    private Instant forgotten = Instant.EPOCH;
    private Thread thread;

    public Traces(TraceLog log, InferenceConfig config, MeterRegistry metrics) {
        this.log = log;
        this.config = config.traces();
        this.lost = metrics.counter("minigpt.inference.traces.lost");
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("traces").start(this::work);
    }

    void stop(@Observes @Priority(AFTER_THE_MODELS) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        more.raise();
        thread.join();
    }

    /** Keeps the texts of a response; does not block. */
    public void keep(List<Trace> traces) {
        if (config.enabled()) {
            for (Trace trace : traces) {
                if (!waiting.offer(trace)) {
                    lost.increment();
                }
            }
            more.raise();
        }
    }

    /** The texts of a response, in their order; none if it is not known. */
    public List<Trace> find(String id) {
        List<Trace> found =
                unwritten().stream().filter(trace -> trace.id().equals(id)).toList();
        return found.isEmpty() ? log.find(id) : found;
    }

    private void work() {
        while (!stopping || !waiting.isEmpty()) {
            try {
                if (take()) {
                    log.add(writing);
                    writing = List.of();
                } else {
                    more.await(LOOK);
                }
                forget();
            } catch (RuntimeException e) {
                LOG.warnf("cannot write traces: %s; trying again", e.getMessage());
                if (stopping || !pause()) {
                    lost.increment(writing.size() + waiting.size());
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Takes what is to be written next. @return whether there is any */
    private synchronized boolean take() {
        if (writing.isEmpty()) {
            List<Trace> next = new ArrayList<>();
            waiting.drainTo(next, MOST_TOGETHER);
            writing = List.copyOf(next);
        }
        return !writing.isEmpty();
    }

    private void forget() {
        if (Duration.between(forgotten, Instant.now()).compareTo(BETWEEN_FORGETTING) > 0) {
            forgotten = Instant.now();
            log.forget(forgotten.minus(config.lifetime()));
        }
    }

    /** Waits for the database to come back. @return false if it was interrupted */
    private static boolean pause() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized List<Trace> unwritten() {
        List<Trace> unwritten = new ArrayList<>(writing);
        unwritten.addAll(waiting);
        return unwritten;
    }
}
