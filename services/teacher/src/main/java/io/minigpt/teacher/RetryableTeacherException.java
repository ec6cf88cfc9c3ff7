package io.minigpt.teacher;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A call that may work when it is made again later. */
public final class RetryableTeacherException extends TeacherException {

    /** Why it failed. */
    public enum Kind {
        /** Status 429. */
        RATE_LIMITED,
        /** Status 5xx, or 408, 409 and 425, which mean the same to a caller. */
        SERVER_ERROR,
        /** No complete reply in the configured time. */
        TIMEOUT,
        /** The connection ended before the reply was complete, or the reply is not what the protocol says. */
        CUT,
        /** No connection. */
        UNREACHABLE
    }

    private final Kind kind;
    private final transient Duration retryAfter;

    /**
     * @param status HTTP status, 0 when none arrived
     * @param retryAfter how long the endpoint asked to wait, {@code null} when it did not say
     */
    public RetryableTeacherException(
            Kind kind, String endpoint, int status, Duration retryAfter, String detail, Throwable cause) {
        this(kind, message(kind, endpoint, status, detail), endpoint, status, retryAfter, 1, cause);
    }

    private RetryableTeacherException(
            Kind kind, String message, String endpoint, int status, Duration retryAfter, int calls, Throwable cause) {
        super(message, endpoint, status, calls, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** How long the endpoint asked to wait, empty when it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The same failure, as the end of {@code calls} calls. */
    RetryableTeacherException afterCalls(int calls) {
        if (calls == 1) {
            return this;
        }
        return new RetryableTeacherException(
                kind,
                "gave up after " + calls + " calls: " + getMessage(),
                endpoint(),
                status().orElse(0),
                retryAfter,
                calls,
                this);
    }

    private static String message(Kind kind, String endpoint, int status, String detail) {
        String what =
                switch (kind) {
                    case RATE_LIMITED -> "asks to slow down (status " + status + ")";
                    case SERVER_ERROR -> "failed (status " + status + ")";
                    case TIMEOUT -> "did not answer in time";
                    case CUT -> "sent an incomplete reply";
                    case UNREACHABLE -> "cannot be reached";
                };
        return "teacher endpoint " + endpoint + " " + what + (detail.isEmpty() ? "" : ": " + detail);
    }
}
