package io.minigpt.platform.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits in tests for something that happens elsewhere, with a deadline. */
public final class Eventually {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /** Reads until the value is as wanted and returns it; fails with the last value after 30 seconds. */
    public static <T> T get(Supplier<T> read, Predicate<T> wanted) {
        return get(read, wanted, DEADLINE);
    }

    /** Reads until the value is as wanted and returns it; fails with the last value after the deadline. */
    public static <T> T get(Supplier<T> read, Predicate<T> wanted, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            T value = read.get();
            if (wanted.test(value)) {
                return value;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited " + limit + "; the last value was " + value);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted; the last value was " + value, e);
            }
        }
    }
}
