package io.minigpt.inference;

/** A prompt that must fit the model's context does not. */
public class PromptTooLongException extends RuntimeException {

    public PromptTooLongException(String message) {
        super(message);
    }
}
