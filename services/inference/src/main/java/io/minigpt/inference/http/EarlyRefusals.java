package io.minigpt.inference.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Refuses requests before a resource sees them: in OpenAI's form under {@code /v1}, else as a problem. */
@ApplicationScoped
class EarlyRefusals {

    private final ObjectMapper json;

    EarlyRefusals(ObjectMapper json) {
        this.json = json;
    }

    void send(RoutingContext caller, OpenAiException refusal) {
        boolean openAi = isOpenAi(caller);
        HttpServerResponse response = caller.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, openAi ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE);
        refusal.retryAfterSeconds()
                .ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        response.end(body(openAi ? refusal.error() : problem(caller, refusal)));
    }

    private static boolean isOpenAi(RoutingContext caller) {
        String path = caller.normalizedPath();
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    private static Problem problem(RoutingContext caller, OpenAiException refusal) {
        String title = Response.Status.fromStatusCode(refusal.status()).getReasonPhrase();
        return new Problem("about:blank", title, refusal.status(), refusal.getMessage(), caller.normalizedPath());
    }

    private Buffer body(Object error) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(error));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error of texts is always JSON", e);
        }
    }
}
