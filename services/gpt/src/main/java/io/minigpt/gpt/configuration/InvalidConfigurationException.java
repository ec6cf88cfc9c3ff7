package io.minigpt.gpt.configuration;

/** A configuration that cannot be used; the message names the key, its value and the values allowed. */
public final class InvalidConfigurationException extends IllegalArgumentException {
    private final String key;

    InvalidConfigurationException(String key, String message) {
        super(key + " " + message);
        this.key = key;
    }

    /** The offending key. */
    public String key() {
        return key;
    }
}
