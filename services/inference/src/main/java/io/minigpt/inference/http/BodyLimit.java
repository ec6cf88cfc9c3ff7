package io.minigpt.inference.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says in OpenAI's form that a body is too large, before the server says it without any. */
@ApplicationScoped
class BodyLimit {

    private static final int BEFORE_THE_SERVER = 1000;
    private static final int TOO_LARGE = 413;

    private final long limit;
    private final EarlyRefusals refusals;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, EarlyRefusals refusals) {
        this.limit = limit.asLongValue();
        this.refusals = refusals;
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
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        refusals.send(context, error);
    }
}
