package io.minigpt.teacher;

import java.time.Duration;
import java.util.Objects;

/** A teacher that takes no call now: it is paused after failures, asked for a pause, or its rate is used up. */
public final class TeacherBusyException extends RuntimeException {

    private final transient Duration retryAfter;

    /** @param retryAfter how long to wait before asking again */
    public TeacherBusyException(String reason, Duration retryAfter) {
        super(reason, null, false, false);
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** How long to wait before asking again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
