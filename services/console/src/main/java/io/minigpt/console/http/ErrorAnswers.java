package io.minigpt.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The console's own errors, in the form that callers of a path expect: OpenAI's under {@code /v1}, else problems. */
@ApplicationScoped
class ErrorAnswers {

    /** An error's body and its media type. */
    record ErrorAnswer(int status, String mediaType, Buffer body) {

        /** Answers a request with it. */
        void send(HttpServerResponse response) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                    .end(body);
        }
    }

    private final ObjectMapper json;

    ErrorAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** The answer to a request that the console could not do. */
    ErrorAnswer of(Response.Status status, String path, String detail) {
        if (path.equals("/v1") || path.startsWith("/v1/")) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("message", detail);
            error.put("type", status.getStatusCode() >= 500 ? "server_error" : "invalid_request_error");
            error.put("param", null);
            error.put("code", status.name().toLowerCase(Locale.ROOT));
            return new ErrorAnswer(status.getStatusCode(), MediaType.APPLICATION_JSON, write(Map.of("error", error)));
        }
        Problem problem = new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, path);
        return new ErrorAnswer(status.getStatusCode(), Problem.MEDIA_TYPE, write(problem));
    }

    private Buffer write(Object body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error of strings and numbers is always JSON", e);
        }
    }
}
