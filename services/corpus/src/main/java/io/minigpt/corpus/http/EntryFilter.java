package io.minigpt.corpus.http;

import io.minigpt.corpus.Entry;
import io.minigpt.corpus.store.EntryQueries;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.http.PageRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which documents or questions are wanted. */
public class EntryFilter {

    @BeanParam
    PageRequest page;

    @Parameter(description = "active, duplicate or retracted; all if it is not given")
    @QueryParam("state")
    String state;

    @Parameter(description = "The id that the caller gave it when it was imported")
    @QueryParam("externalId")
    String externalId;

    /** @param idOf id of what the caller calls by a name */
    EntryQueries.Filter filter(UnaryOperator<String> idOf) {
        return new EntryQueries.Filter(
                Optional.ofNullable(state).map(EntryFilter::checked),
                Optional.ofNullable(externalId).map(idOf),
                page.after(),
                page.limit() + 1);
    }

    private static String checked(String state) {
        for (Entry.State known : Entry.State.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(state)) {
                return state;
            }
        }
        throw new InvalidRequestException("state must be active, duplicate or retracted, not '" + state + "'");
    }
}
