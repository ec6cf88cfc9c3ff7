package io.minigpt.orchestrator.http;

import io.minigpt.orchestrator.IllegalTransitionException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.ProblemMappers;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What all resources check and answer alike. */
public class Bodies {

    private static final int DEFAULT_LIMIT = 50;

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

    /** Items on a page. */
    static int limit(Integer asked) {
        if (asked == null) {
            return DEFAULT_LIMIT;
        }
        if (asked < 1 || asked > Page.MAX_LIMIT) {
            throw new InvalidRequestException("limit " + asked + " must be 1 to " + Page.MAX_LIMIT);
        }
        return asked;
    }
}
