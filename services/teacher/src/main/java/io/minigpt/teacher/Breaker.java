package io.minigpt.teacher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A circuit breaker: pauses a teacher whose calls keep failing, or that asks for a pause, and then lets one call try
 * whether it works again. Each pause in a row is twice as long as the one before, up to a longest one.
 */
public final class Breaker {

    /** A pause. @param reason the failure that led to it */
    public record Pause(Instant until, String reason) {}

    /** An endpoint that asks for less than this is waited for by the call itself. */
    static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration DURING_TRIAL = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 20;

    private final int threshold;
    private final Duration firstPause;
    private final Duration longestPause;
    private final InstantSource clock;
    private final RandomGenerator random;

    private int failures;
    private int pauses;
    private Pause pause;
    private boolean trial;

    /**
     * A breaker that is closed.
     *
     * @param threshold failures in a row after which it pauses the teacher, at least 1
     */
    public Breaker(
            int threshold, Duration firstPause, Duration longestPause, InstantSource clock, RandomGenerator random) {
        if (threshold < 1) {
            throw new IllegalArgumentException("breaker threshold must be at least 1, but is " + threshold);
        }
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "breaker pauses must be 0 < first <= longest, but are " + firstPause + " and " + longestPause);
        }
        this.threshold = threshold;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** The pause, until a call has worked again. */
    public synchronized Optional<Pause> pause() {
        return Optional.ofNullable(pause);
    }

    /** Lets a call pass. @throws TeacherBusyException during a pause, and behind it while another call is the trial */
    synchronized void admit() {
        if (pause == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), pause.until());
        if (left.isPositive() || trial) {
            throw new TeacherBusyException(pause.reason(), left.isPositive() ? left : DURING_TRIAL);
        }
        trial = true;
    }

    /** A call brought a reply. */
    synchronized void succeeded() {
        failures = 0;
        pauses = 0;
        pause = null;
        trial = false;
    }

    /** A call ended in a way that says nothing about the teacher. */
    synchronized void abandoned() {
        trial = false;
    }

    /** A call failed. */
    synchronized void failed(RetryableTeacherException failure) {
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Instant now = clock.instant();
        boolean known = pause != null && now.isBefore(pause.until());
        if (known) {
            // a call that began before the pause: it can only lengthen it
            if (now.plus(asked).isAfter(pause.until())) {
                pause = new Pause(now.plus(asked), failure.getMessage());
            }
            return;
        }
        failures++;
        if (trial || failures >= threshold || asked.compareTo(SHORT) > 0) {
            Duration grown = grown();
            pause = new Pause(now.plus(grown.compareTo(asked) < 0 ? asked : grown), failure.getMessage());
            pauses++;
            trial = false;
        }
    }

    private Duration grown() {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(pauses, MAX_DOUBLINGS));
        long nanos = (doubled.compareTo(longestPause) < 0 ? doubled : longestPause).toNanos();
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }
}
