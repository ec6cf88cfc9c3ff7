package io.minigpt.inference.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Watches what the service has handed to the connection of each request with a name. */
@ApplicationScoped
public class WrittenBytes {

    /** The header with the name. */
    static final String NAME = "X-Watched";

    private static final int FIRST = 2000;

    private final Map<String, HttpServerResponse> responses = new ConcurrentHashMap<>();

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    String name = context.request().getHeader(NAME);
                    if (name != null) {
                        responses.put(name, context.response());
                    }
                    context.next();
                },
                FIRST);
    }

    /** How many bytes the response has written, what waits in memory to be sent included. */
    long of(String name) {
        HttpServerResponse response = responses.get(name);
        return response == null ? 0 : response.bytesWritten();
    }

    /** Whether the response's connection is closed. */
    boolean closed(String name) {
        HttpServerResponse response = responses.get(name);
        return response != null && response.closed();
    }
}
