package io.minigpt.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Foretells where waiting runs go: each worker takes, whenever it is free, the first run of the queue that fits it. What
 * the workers themselves decide does not depend on this.
 */
public final class QueueForecast {

    /** A worker that has said nothing for so long counts as gone. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final Instant now;
    private final List<KnownWorker> workers;
    /** When each worker should be free; empty when that is not known. */
    private final Map<String, Optional<Instant>> free = new HashMap<>();

    private final Map<String, String> busyWith = new HashMap<>();

    /**
     * @param all workers that are known
     * @param timeLeft of the runs in progress, by their id, as far as it is known
     */
    public QueueForecast(List<KnownWorker> all, Map<String, Duration> timeLeft, Instant now) {
        this.now = now;
        this.workers = all.stream()
                .filter(worker -> worker.seenAt().plus(SILENCE).isAfter(now))
                .sorted(Comparator.comparing(KnownWorker::name))
                .toList();
        for (KnownWorker worker : workers) {
            if (worker.runId().isEmpty()) {
                free.put(worker.name(), Optional.of(now));
            } else {
                free.put(
                        worker.name(),
                        Optional.ofNullable(timeLeft.get(worker.runId())).map(now::plus));
                busyWith.put(worker.name(), worker.runId());
            }
        }
    }

    /** The places of waiting runs. @param waiting in the order in which workers take them */
    public List<QueuePlace> places(List<WaitingRun> waiting) {
        List<QueuePlace> places = new ArrayList<>();
        for (WaitingRun run : waiting) {
            places.add(place(run, places.size() + 1));
        }
        return places;
    }

    private QueuePlace place(WaitingRun run, int position) {
        List<KnownWorker> fitting = workers.stream()
                .filter(worker -> lacking(run, worker).isEmpty())
                .toList();
        if (fitting.isEmpty()) {
            return new QueuePlace(run, position, nobody(run), Optional.empty());
        }
        Optional<KnownWorker> next = fitting.stream()
                .filter(worker -> free.get(worker.name()).isPresent())
                .min(Comparator.comparing(worker -> free.get(worker.name()).orElseThrow()));
        if (next.isEmpty()) {
            String busy = fitting.stream().map(this::busy).collect(Collectors.joining(", "));
            return new QueuePlace(run, position, busy + "; how long is not known", Optional.empty());
        }
        String worker = next.get().name();
        Instant start = free.get(worker).orElseThrow();
        String reason = start.isAfter(now) ? busy(next.get()) : worker + " is free and takes it in a moment";
        free.put(worker, run.length().map(start::plus));
        busyWith.put(worker, run.id());
        return new QueuePlace(run, position, reason, Optional.of(start));
    }

    private String busy(KnownWorker worker) {
        return worker.name() + " is busy with " + busyWith.get(worker.name());
    }

    private String nobody(WaitingRun run) {
        return workers.isEmpty()
                ? "no worker has reported for " + SILENCE.toSeconds() + " s"
                : workers.stream()
                        .map(worker -> worker.name() + " does not fit: "
                                + lacking(run, worker).orElseThrow())
                        .collect(Collectors.joining("; "));
    }

    private static Optional<String> lacking(WaitingRun run, KnownWorker worker) {
        return run.needs().lacking(worker.gpu(), worker.memoryBytes());
    }
}
