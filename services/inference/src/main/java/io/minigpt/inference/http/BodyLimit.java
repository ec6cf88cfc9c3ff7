package io.minigpt.inference.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says in OpenAI's form that a body is too large, before the server says it without any. */
@ApplicationScoped
class BodyLimit {

    private static final int BEFORE_THE_SERVER = 1000;
    private static final int TOO_LARGE = 413;

    private final long limit;
    private final ObjectMapper json;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper json) {
        this.limit = limit.asLongValue();
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVER);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean tooLarge = length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > limit;
        if (!tooLarge || !context.normalizedPath().startsWith("/v1/")) {
            context.next();
            return;
        }
        OpenAiException error = OpenAiException.of(
                TOO_LARGE,
                "invalid_request_error",
                null,
                "request_too_large",
                "the body has " + length + " bytes, more than " + limit);
        context.response()
                .setStatusCode(TOO_LARGE)
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(body(error));
    }

    private Buffer body(OpenAiException error) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(error.error()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error of strings is always JSON", e);
        }
    }
}
