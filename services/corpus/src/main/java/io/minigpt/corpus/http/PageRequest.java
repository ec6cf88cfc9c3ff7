package io.minigpt.corpus.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.http.Page;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which page of a list is wanted. */
public class PageRequest {

    @Parameter(description = "Items on a page, 1 to 1000")
    @QueryParam("limit")
    @DefaultValue("100")
    int limit;

    @Parameter(description = "The answer's 'next' of the page before")
    @QueryParam("cursor")
    @DefaultValue("")
    String cursor;

    /** Items on the page. @throws InvalidRequestException if more or fewer than allowed are asked for */
    int limit() {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new InvalidRequestException("limit must be 1 to " + Page.MAX_LIMIT + ", not " + limit);
        }
        return limit;
    }

    /** The cursor as a sequence number; 0 for the first page. */
    long sequence() {
        try {
            return cursor.isEmpty() ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("cursor '" + cursor + "' is not one that a list has answered", e);
        }
    }
}
