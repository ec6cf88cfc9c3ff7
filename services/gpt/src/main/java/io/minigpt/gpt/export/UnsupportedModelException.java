package io.minigpt.gpt.export;

/** A model that a format, or this library, cannot represent; the message says what of it. */
public final class UnsupportedModelException extends RuntimeException {
    UnsupportedModelException(String message) {
        super(message);
    }
}
