package io.minigpt.inference;

import java.time.Duration;

/** A model has as many waiting requests as it may have. */
public class QueueFullException extends RuntimeException {

    private final Duration retryAfter;

    /** @param retryAfter when there may be room again */
    public QueueFullException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When there may be room again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
