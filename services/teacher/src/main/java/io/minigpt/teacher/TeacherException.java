package io.minigpt.teacher;

import java.util.Locale;
import java.util.OptionalInt;

/** A call that brought no reply. The message names the endpoint and its status, and never contains a key. */
public abstract sealed class TeacherException extends RuntimeException
        permits RetryableTeacherException, FatalTeacherException {

    private final String endpoint;
    private final int status;
    private final int calls;

    TeacherException(String message, String endpoint, int status, int calls, Throwable cause) {
        super(message, cause);
        this.endpoint = endpoint;
        this.status = status;
        this.calls = calls;
    }

    /** Why the call failed, in a word: rate-limited, server-error, timeout, cut, unreachable, unauthorized, ... */
    public String reason() {
        Enum<?> kind =
                switch (this) {
                    case RetryableTeacherException failure -> failure.kind();
                    case FatalTeacherException failure -> failure.kind();
                };
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Address that was called. */
    public String endpoint() {
        return endpoint;
    }

    /** HTTP status, empty when none arrived. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** Calls made before giving up, at least 1. */
    public int calls() {
        return calls;
    }
}
