package io.minigpt.inference;

/** A caller named a model that does not exist. */
public class UnknownModelException extends RuntimeException {

    public UnknownModelException(String message) {
        super(message);
    }
}
