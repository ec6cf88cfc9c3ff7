package io.minigpt.local.demo;

import java.io.IOException;

/** The console answered a request with an error. */
final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SERVER_ERROR = 500;

    private final int status;

    UnexpectedAnswerException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** Whether the same request may be answered otherwise later, for example when a service is back. */
    boolean mayPass() {
        return status >= SERVER_ERROR;
    }
}
