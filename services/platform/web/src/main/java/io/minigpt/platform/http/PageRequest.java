package io.minigpt.platform.http;

import io.minigpt.platform.InvalidRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which page of a list is wanted; a {@code @BeanParam} of every list. */
public class PageRequest {

    /** Later than anything. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    @Parameter(description = "Items on a page, 1 to 1000")
    @QueryParam("limit")
    @DefaultValue("100")
    public int limit;

    @Parameter(description = "The answer's 'next' of the page before; empty for the first page")
    @QueryParam("cursor")
    @DefaultValue("")
    public String cursor;

    /** Items on the page. @throws InvalidRequestException if more or fewer than allowed are asked for */
    public int limit() {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new InvalidRequestException("limit must be 1 to " + Page.MAX_LIMIT + ", not " + limit);
        }
        return limit;
    }

    /** The cursor as it came; empty for the first page. */
    public String cursor() {
        return cursor;
    }

    /** The cursor of a list of numbered things; 0 for the first page. */
    public long after() {
        try {
            return cursor.isEmpty() ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw notACursor(e);
        }
    }

    /** The cursor of a list of newest things as a time; later than all for the first page. */
    public Instant before() {
        try {
            return cursor.isEmpty() ? END : Instant.parse(cursor);
        } catch (DateTimeParseException e) {
            throw notACursor(e);
        }
    }

    /** For lists with a cursor of another form. */
    public InvalidRequestException notACursor(Throwable cause) {
        return new InvalidRequestException("cursor '" + cursor + "' is not one that a list has answered", cause);
    }
}
