package io.minigpt.inference.http;

import java.time.Duration;
import java.util.Optional;

/** A refusal in OpenAI's form. */
final class OpenAiException extends RuntimeException {

    private final int status;
    private final transient OpenAiError.Detail detail;
    private final transient Optional<Duration> retryAfter;

    private OpenAiException(int status, OpenAiError.Detail detail, Optional<Duration> retryAfter) {
        super(detail.message());
        this.status = status;
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    /** What the caller sent cannot be done. @param param the parameter at fault; null if none is */
    static OpenAiException invalid(String param, String message) {
        return of(400, "invalid_request_error", param, "invalid_value", message);
    }

    /** A parameter that nobody knows. */
    static OpenAiException unknownParameter(String param, String message) {
        return of(400, "invalid_request_error", param, "unknown_parameter", message);
    }

    /** A parameter of OpenAI's that has no effect here and would change the answer there. */
    static OpenAiException unsupportedParameter(String param, String message) {
        return of(400, "invalid_request_error", param, "unsupported_parameter", message);
    }

    static OpenAiException of(int status, String type, String param, String code, String message) {
        return new OpenAiException(status, new OpenAiError.Detail(message, type, param, code), Optional.empty());
    }

    OpenAiException retryAfter(Duration time) {
        return new OpenAiException(status, detail, Optional.of(time));
    }

    int status() {
        return status;
    }

    OpenAiError error() {
        return new OpenAiError(detail);
    }

    /** When to ask again, in whole seconds, if asking again helps. */
    Optional<Long> retryAfterSeconds() {
        return retryAfter.map(time -> Math.max(1, time.plusMillis(999).toSeconds()));
    }
}
