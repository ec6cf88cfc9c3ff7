package io.minigpt.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The body of every error under {@code /api}: problem details as in RFC 9457.
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong, where, and what to do; never a stack trace
 * @param instance path of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String instance) {

    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
