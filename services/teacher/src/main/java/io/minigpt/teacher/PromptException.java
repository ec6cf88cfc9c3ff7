package io.minigpt.teacher;

/** A prompt file that cannot be used; the message names the file and what to change. */
public final class PromptException extends RuntimeException {

    PromptException(String message, Throwable cause) {
        super(message, cause);
    }
}
