package io.minigpt.inference;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Loads that failed, each for whoever wanted it, and when the same load may be tried again: after a delay that doubles
 * with every failure.
 *
 * @param <K> who wanted it
 */
final class LoadFailures<K> {

    private static final int MOST_DOUBLINGS = 5;

    private record Failure(VersionId id, String reason, int count, long retryAt) {}

    private final Duration delay;
    private final Map<K, Failure> failures = new HashMap<>();

    LoadFailures(Duration delay) {
        this.delay = delay;
    }

    /** Notes a failure. @return whether it is news: another version or another reason than last time */
    boolean add(K wanted, VersionId id, String reason) {
        Failure last = failures.get(wanted);
        boolean again = last != null && last.id().equals(id);
        int count = again ? last.count() + 1 : 1;
        long wait =
                delay.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS)).toNanos();
        failures.put(wanted, new Failure(id, reason, count, System.nanoTime() + wait));
        return !again || !last.reason().equals(reason);
    }

    /** Why the last load of this version failed, unless it was not the last one. */
    Optional<String> reason(K wanted, VersionId id) {
        return Optional.ofNullable(failures.get(wanted))
                .filter(failure -> failure.id().equals(id))
                .map(Failure::reason);
    }

    /** Whether the version must not be tried again yet. */
    boolean blocks(K wanted, VersionId id) {
        Failure failure = failures.get(wanted);
        return failure != null && failure.id().equals(id) && failure.retryAt() - System.nanoTime() > 0;
    }

    /** Forgets failures. */
    void forget(Predicate<K> which) {
        failures.keySet().removeIf(which);
    }

    /** Every failure's reason. */
    Map<K, String> reasons() {
        Map<K, String> reasons = new HashMap<>();
        failures.forEach((wanted, failure) -> reasons.put(wanted, failure.reason()));
        return reasons;
    }
}
