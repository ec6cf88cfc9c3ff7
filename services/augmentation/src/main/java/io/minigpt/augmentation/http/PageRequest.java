package io.minigpt.augmentation.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.http.Page;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which page of a list is wanted. */
public class PageRequest {

    /** Later than anything. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

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

    /** The cursor of a list of newest things as a time; later than all for the first page. */
    Instant before() {
        try {
            return cursor.isEmpty() ? END : Instant.parse(cursor);
        } catch (DateTimeParseException e) {
            throw notACursor();
        }
    }

    InvalidRequestException notACursor() {
        return new InvalidRequestException("cursor '" + cursor + "' is not one that a list has answered");
    }
}
