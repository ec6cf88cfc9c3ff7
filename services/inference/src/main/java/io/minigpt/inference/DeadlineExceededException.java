package io.minigpt.inference;

/** A generation took longer than it may. */
public class DeadlineExceededException extends RuntimeException {

    public DeadlineExceededException(String message) {
        super(message);
    }
}
