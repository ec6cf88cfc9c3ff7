package io.minigpt.teacher;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * How often and when a failed call is made again: the delay doubles with every failure, is spread at random so that
 * callers do not return together, and is never shorter than what the endpoint asked for.
 *
 * @param maxCalls calls in all, the first included
 * @param firstDelay delay after the first failure
 * @param maxDelay the delay does not grow beyond this
 * @param maxRetryAfter a call whose endpoint asks for more than this is ended at once; the exception says what it
 *     asked for
 */
public record RetryPolicy(int maxCalls, Duration firstDelay, Duration maxDelay, Duration maxRetryAfter) {

    public RetryPolicy {
        if (maxCalls < 1) {
            throw new IllegalArgumentException("maxCalls must be at least 1, but is " + maxCalls);
        }
        requirePositive("firstDelay", firstDelay);
        requirePositive("maxDelay", maxDelay);
        requirePositive("maxRetryAfter", maxRetryAfter);
        if (maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("maxDelay " + maxDelay + " is shorter than firstDelay " + firstDelay);
        }
    }

    /** Five calls, 500 ms to 5 s between them; whoever asks for more than two seconds is asked again by another call. */
    public static RetryPolicy standard() {
        return calls(5);
    }

    /** The standard with another number of calls. */
    public static RetryPolicy calls(int maxCalls) {
        return new RetryPolicy(maxCalls, Duration.ofMillis(500), Duration.ofSeconds(5), Breaker.SHORT);
    }

    /** The same teacher with retries. */
    public Teacher wrap(Teacher teacher) {
        return new RetryingTeacher(teacher, this, new Random(), Thread::sleep);
    }

    /**
     * Time to wait after a number of failures: half of the grown delay is fixed, half is random.
     *
     * @param failures at least 1
     */
    Duration delay(int failures, RandomGenerator random) {
        // 2^20 times the first delay is beyond any useful maximum, and stays clear of overflow
        Duration grown = firstDelay.multipliedBy(1L << Math.min(failures - 1, 20));
        long nanos = (grown.compareTo(maxDelay) < 0 ? grown : maxDelay).toNanos();
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }

    private static void requirePositive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
    }
}
