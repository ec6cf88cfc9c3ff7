package io.minigpt.teacher.openai;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to reach and sample one model.
 *
 * @param name name in the ledger of calls
 * @param baseUrl address up to and without {@code /chat/completions}, for instance {@code http://localhost:11434/v1}
 * @param model as the endpoint calls it, for instance {@code llama3.1}
 * @param apiKey empty when the endpoint wants none; from the environment or a mounted file, never from a request
 * @param timeout for one whole call
 * @param temperature not sent when empty
 * @param seed not sent when empty; the second attempt at the same thing sends the next number
 * @param maxTokens longest reply in tokens, not sent when empty
 * @param replyFormat how the form of the reply is asked for
 */
public record OpenAiSettings(
        String name,
        URI baseUrl,
        String model,
        String apiKey,
        Duration timeout,
        OptionalDouble temperature,
        OptionalLong seed,
        OptionalInt maxTokens,
        ReplyFormat replyFormat) {

    public OpenAiSettings {
        requireText("name", name);
        requireText("model", model);
        Objects.requireNonNull(apiKey, "apiKey (empty when the endpoint wants none)");
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(seed, "seed");
        Objects.requireNonNull(maxTokens, "maxTokens");
        Objects.requireNonNull(replyFormat, "replyFormat");
        if (baseUrl == null
                || baseUrl.getHost() == null
                || !String.valueOf(baseUrl.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("baseUrl must be an http or https address");
        }
        // it is part of error messages
        if (baseUrl.getUserInfo() != null || baseUrl.getQuery() != null) {
            throw new IllegalArgumentException("baseUrl must have no user and no query; a key belongs into apiKey");
        }
        if (timeout == null || !timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be positive, but is " + timeout);
        }
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, but is " + maxTokens.getAsInt());
        }
    }

    /** What changes the replies: the model and its sampling, not the address. */
    String version() {
        return "openai:" + model + (temperature.isPresent() ? ",temperature=" + temperature.getAsDouble() : "")
                + (seed.isPresent() ? ",seed=" + seed.getAsLong() : "")
                + (maxTokens.isPresent() ? ",max-tokens=" + maxTokens.getAsInt() : "")
                + (replyFormat == ReplyFormat.JSON_SCHEMA ? ",json-schema" : "");
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "OpenAiSettings[" + name + ", " + baseUrl + ", " + version() + ", timeout=" + timeout + ", apiKey="
                + (apiKey.isEmpty() ? "none" : "set") + "]";
    }

    private static void requireText(String property, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(property + " must not be empty");
        }
    }
}
