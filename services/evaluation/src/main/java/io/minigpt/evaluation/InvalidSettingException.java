package io.minigpt.evaluation;

/** An evaluation's configuration that cannot be used; the message names the key, its value and the values allowed. */
public final class InvalidSettingException extends IllegalArgumentException {
    InvalidSettingException(String message) {
        super(message);
    }
}
