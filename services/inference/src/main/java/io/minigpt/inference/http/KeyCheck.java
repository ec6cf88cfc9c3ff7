package io.minigpt.inference.http;

import io.minigpt.inference.Account;
import io.minigpt.inference.ApiKeys;
import io.minigpt.inference.LimitExceededException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * Lets nobody ask without a key if there are keys, and knows whose call a request is. What operators ask, below
 * {@code /q}, needs none.
 */
@ApplicationScoped
class KeyCheck {

    /** Before the limit of a body's size. */
    private static final int FIRST = 1100;

    private static final String ACCOUNT = KeyCheck.class.getName();
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String SCHEME = "Bearer ";
    private static final int UNAUTHORIZED = 401;

    private final ApiKeys keys;
    private final EarlyRefusals refusals;

    KeyCheck(ApiKeys keys, EarlyRefusals refusals) {
        this.keys = keys;
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    /** Whose call it is: who has the key or, if there are no keys, who has the address. */
    static Account account(RoutingContext caller) {
        Account known = caller.get(ACCOUNT);
        return known != null ? known : Account.unlimited(address(caller.request()));
    }

    private void check(RoutingContext caller) {
        if (!keys.required() || caller.normalizedPath().startsWith("/q/")) {
            caller.next();
            return;
        }
        Optional<Account> account = secret(caller.request()).flatMap(keys::account);
        if (account.isEmpty()) {
            caller.response().putHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            refusals.send(
                    caller,
                    OpenAiException.of(
                            UNAUTHORIZED,
                            "invalid_request_error",
                            null,
                            "invalid_api_key",
                            "the header 'Authorization: Bearer KEY' is missing or has no key that is known here"));
            return;
        }
        try {
            if (HttpMethod.POST.equals(caller.request().method())) {
                account.get().request();
            }
        } catch (LimitExceededException e) {
            refusals.send(caller, OpenAiErrors.of(e));
            return;
        }
        caller.put(ACCOUNT, account.get());
        caller.next();
    }

    private static Optional<String> secret(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    private static String address(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(FORWARDED_FOR))
                .orElseGet(() -> request.remoteAddress().hostAddress());
    }
}
