package io.minigpt.console.http;

import io.minigpt.console.SameOriginRule;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Asks the {@link SameOriginRule} before anything else sees a request. */
@ApplicationScoped
class SameOriginFilter {

    private static final int FIRST = 1000;
    /** A cluster's probes come to the address of the replica. */
    private static final String HEALTH = "/q/health";

    private final SameOriginRule rule;
    private final ErrorAnswers errors;

    SameOriginFilter(SameOriginRule rule, ErrorAnswers errors) {
        this.rule = rule;
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> refusal = context.normalizedPath().startsWith(HEALTH)
                ? Optional.empty()
                : rule.refusal(
                        request.method().name(),
                        request.getHeader(HttpHeaders.HOST),
                        request.getHeader(HttpHeaders.ORIGIN),
                        request.getHeader("Sec-Fetch-Site"));
        if (refusal.isEmpty()) {
            context.next();
        } else {
            errors.of(Response.Status.FORBIDDEN, context.normalizedPath(), refusal.get())
                    .send(context.response());
        }
    }
}
