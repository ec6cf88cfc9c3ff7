package io.minigpt.inference.http;

import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.DeadlineExceededException;
import io.minigpt.inference.LimitExceededException;
import io.minigpt.inference.ModelUnavailableException;
import io.minigpt.inference.PromptTooLongException;
import io.minigpt.inference.QueueFullException;
import io.minigpt.inference.UnknownModelException;
import io.minigpt.platform.http.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives errors under {@code /v1} OpenAI's form. */
public class OpenAiErrors {

    private static final Logger LOG = Logger.getLogger(OpenAiErrors.class);
    private static final Duration RETRY_LOADING = Duration.ofSeconds(5);
    private static final int SERVER_ERROR = 500;

    @ServerExceptionMapper
    Response refused(OpenAiException e) {
        Response.ResponseBuilder response =
                Response.status(e.status()).type(MediaType.APPLICATION_JSON).entity(e.error());
        e.retryAfterSeconds().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    /** Problems that the platform made of other exceptions, an unknown path for example. */
    @ServerResponseFilter
    void convert(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem
                && problem.instance().startsWith("/v1")) {
            String type = problem.status() >= SERVER_ERROR ? "server_error" : "invalid_request_error";
            String code = problem.title().toLowerCase(Locale.ROOT).replace(' ', '_');
            response.setEntity(
                    new OpenAiError(new OpenAiError.Detail(problem.detail(), type, null, code)),
                    null,
                    MediaType.APPLICATION_JSON_TYPE);
        }
    }

    /** What a failure inside means to the caller. */
    static OpenAiException of(RuntimeException failure) {
        return switch (failure) {
            case OpenAiException e -> e;
            case UnknownModelException e ->
                OpenAiException.of(404, "invalid_request_error", "model", "model_not_found", e.getMessage());
            case ModelUnavailableException e ->
                OpenAiException.of(503, "server_error", "model", "model_unavailable", e.getMessage())
                        .retryAfter(RETRY_LOADING);
            case QueueFullException e ->
                OpenAiException.of(429, "requests", null, "rate_limit_exceeded", e.getMessage())
                        .retryAfter(e.retryAfter());
            case LimitExceededException e -> of(e);
            case PromptTooLongException e ->
                OpenAiException.of(400, "invalid_request_error", null, "context_length_exceeded", e.getMessage());
            case CallerGoneException e -> OpenAiException.of(503, "server_error", null, "caller_gone", e.getMessage());
            case DeadlineExceededException e ->
                OpenAiException.of(504, "server_error", null, "deadline_exceeded", e.getMessage());
            default -> {
                LOG.errorf(failure, "a generation failed");
                yield OpenAiException.of(
                        SERVER_ERROR, "server_error", null, "internal_error", "the model failed; the log says why");
            }
        };
    }

    /** A refusal that ends by itself may be tried again; what is always too much must be asked for otherwise. */
    static OpenAiException of(LimitExceededException refusal) {
        String kind = refusal.limit().name().toLowerCase(Locale.ROOT);
        return refusal.retryAfter()
                .map(time -> OpenAiException.of(429, kind, null, "rate_limit_exceeded", refusal.getMessage())
                        .retryAfter(time))
                .orElseGet(() -> OpenAiException.of(
                        400, "invalid_request_error", null, "more_than_the_key_may", refusal.getMessage()));
    }
}
