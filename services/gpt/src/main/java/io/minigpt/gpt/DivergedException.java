package io.minigpt.gpt;

/** Training or generation that met a value that is no number; the weights must not be used. */
public final class DivergedException extends RuntimeException {
    DivergedException(String message) {
        super(message);
    }
}
