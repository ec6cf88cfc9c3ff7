package io.minigpt.platform;

/** What a caller asked for cannot be done as asked; the message names the property and says what is allowed. */
public class InvalidRequestException extends RuntimeException {

    public InvalidRequestException(String message) {
        super(message);
    }

    public InvalidRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
