package io.minigpt.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast a step goes on, from what was seen of it in the last seconds. */
final class StepRate {
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Duration LEAST = Duration.ofMillis(900);
    private static final double MILLIS = 1000.0;

    private record Seen(Instant time, long done) {}

    private final Deque<Seen> window = new ArrayDeque<>();

    /** Takes note that {@code done} units were done at {@code time}. */
    void observe(Instant time, long done) {
        if (!window.isEmpty() && window.getLast().done() > done) {
            // the step was repeated from an earlier point
            window.clear();
        }
        window.addLast(new Seen(time, done));
        while (window.getFirst().time().isBefore(time.minus(WINDOW)) && window.size() > 2) {
            window.removeFirst();
        }
    }

    /** Units a second; empty before that can be told. */
    OptionalDouble perSecond() {
        if (window.isEmpty()) {
            return OptionalDouble.empty();
        }
        Seen first = window.getFirst();
        Seen last = window.getLast();
        Duration time = Duration.between(first.time(), last.time());
        if (time.compareTo(LEAST) < 0 || last.done() == first.done()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((last.done() - first.done()) * MILLIS / time.toMillis());
    }

    /** Time that the rest takes at this rate; {@code null} before that can be told. */
    Duration left(long total) {
        OptionalDouble rate = perSecond();
        if (rate.isEmpty() || total <= 0) {
            return null;
        }
        long rest = Math.max(0, total - window.getLast().done());
        return Duration.ofMillis(Math.round(rest * MILLIS / rate.getAsDouble()));
    }
}
