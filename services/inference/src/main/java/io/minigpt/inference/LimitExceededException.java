package io.minigpt.inference;

import java.time.Duration;
import java.util.Optional;

/** A key has asked for more than it may. */
public final class LimitExceededException extends RuntimeException {

    /** What there was too much of. */
    public enum Limit {
        /** Requests in a minute. */
        REQUESTS,
        /** Tokens in a minute. */
        TOKENS,
        /** Texts at the same time. */
        TEXTS
    }

    private final Limit limit;
    private final transient Optional<Duration> retryAfter;

    LimitExceededException(Limit limit, String message, Optional<Duration> retryAfter) {
        super(message);
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /** What there was too much of. */
    public Limit limit() {
        return limit;
    }

    /** When the same may be asked again; empty if it never may. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
