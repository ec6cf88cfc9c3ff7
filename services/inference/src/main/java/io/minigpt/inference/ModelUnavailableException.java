package io.minigpt.inference;

/** A model exists, but cannot be asked now. */
public class ModelUnavailableException extends RuntimeException {

    public ModelUnavailableException(String message) {
        super(message);
    }
}
