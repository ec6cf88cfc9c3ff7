package io.minigpt.platform.jobs;

/** A job failed in a way that trying again cannot help; the message is the reason that people see. */
public class PermanentFailureException extends RuntimeException {

    public PermanentFailureException(String message) {
        super(message);
    }

    public PermanentFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
