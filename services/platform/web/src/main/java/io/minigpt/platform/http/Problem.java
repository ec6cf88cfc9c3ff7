package io.minigpt.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of every error under {@code /api}: problem details as in RFC 9457. */
@Schema(name = "Problem", description = "Problem details (RFC 9457)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(description = "Always about:blank: the status says what kind of problem it is")
        String type,

        @Schema(description = "The status in words") String title,

        @Schema(description = "The HTTP status") int status,

        @Schema(description = "What was wrong, where, and what to do; never a stack trace")
        String detail,

        @Schema(description = "Path of the request") String instance) {

    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
