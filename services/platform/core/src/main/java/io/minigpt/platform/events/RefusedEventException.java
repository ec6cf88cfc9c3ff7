package io.minigpt.platform.events;

/** An event that can never be handled, whatever is tried; it goes to the dead-letter topic with this message. */
public class RefusedEventException extends RuntimeException {

    public RefusedEventException(String message) {
        super(message);
    }
}
