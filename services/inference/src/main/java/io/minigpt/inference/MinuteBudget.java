package io.minigpt.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** So many units in a minute: full at first, and filled again steadily. Not thread-safe. */
final class MinuteBudget {

    private static final double NANOS = Duration.ofMinutes(1).toNanos();

    private final long most;
    private final LongSupplier clock;
    private double left;
    private long filledAt;

    /** @param clock nanoseconds since any time */
    MinuteBudget(long most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
        this.left = most;
        this.filledAt = clock.getAsLong();
    }

    /** The most that there can be. */
    long most() {
        return most;
    }

    /** How long until there are so many units, at most {@link #most}; empty if there are. */
    Optional<Duration> until(long units) {
        fill();
        return left >= units
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) Math.ceil((units - left) * NANOS / most)));
    }

    /** Takes units that are there. */
    void take(long units) {
        fill();
        left -= units;
    }

    /** Puts back what was not needed. */
    void putBack(long units) {
        fill();
        left = Math.min(most, left + units);
    }

    private void fill() {
        long now = clock.getAsLong();
        left = Math.min(most, left + (now - filledAt) * most / NANOS);
        filledAt = now;
    }
}
