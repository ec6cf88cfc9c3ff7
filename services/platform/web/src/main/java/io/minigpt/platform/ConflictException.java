package io.minigpt.platform;

/** What a caller asked for contradicts the present state; the message names the state and what to do. */
public class ConflictException extends RuntimeException {

    public ConflictException(String message) {
        super(message);
    }
}
