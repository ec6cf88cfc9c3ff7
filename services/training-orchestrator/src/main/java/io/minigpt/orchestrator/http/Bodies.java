package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.IllegalTransitionException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.http.ProblemMappers;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What all resources check and answer alike. */
public class Bodies {

    Bodies() {}

    /** A run cannot go where it was asked to go. */
    @ServerExceptionMapper
    public Response conflict(IllegalTransitionException e, UriInfo uri) {
        return ProblemMappers.problem(Response.Status.CONFLICT, e.getMessage(), uri);
    }

    /** @throws InvalidRequestException if the request had no body */
    static <T> T present(T body) {
        if (body == null) {
            throw new InvalidRequestException("the request has no body; it must be a JSON object");
        }
        return body;
    }
}
