package io.minigpt.qageneration.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.qageneration.store.PairQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows generated pairs. */
@Path("/api/generation/pairs")
@Tag(name = "Pairs")
@RunOnVirtualThread
public class PairResource {

    private final PairQueries pairs;

    public PairResource(PairQueries pairs) {
        this.pairs = pairs;
    }

    @GET
    @Operation(summary = "Pairs in the order of their documents")
    public Page<PairQueries.Row> list(
            @QueryParam("corpus") String corpus,
            @QueryParam("documentId") String documentId,
            @QueryParam("runId") String runId,
            @Parameter(description = "active or retracted; both if it is not given") @QueryParam("state") String state,
            @BeanParam PageRequest page) {
        int limit = page.limit();
        PairQueries.Filter filter = new PairQueries.Filter(
                Optional.ofNullable(corpus),
                Optional.ofNullable(documentId),
                Optional.ofNullable(runId),
                Optional.ofNullable(state).map(PairResource::checked),
                place(page),
                limit + 1);
        return Page.of(
                pairs.list(filter), limit, pair -> pair.documentSequence() + "-" + pair.ordinal() + "-" + pair.id());
    }

    private static String checked(String state) {
        if (!state.equals("active") && !state.equals("retracted")) {
            throw new InvalidRequestException("state must be active or retracted, not '" + state + "'");
        }
        return state;
    }

    private static PairQueries.Place place(PageRequest page) {
        if (page.cursor().isEmpty()) {
            return PairQueries.Place.START;
        }
        String[] parts = page.cursor().split("-", 3);
        if (parts.length != 3) {
            throw page.notACursor(null);
        }
        try {
            return new PairQueries.Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]);
        } catch (NumberFormatException e) {
            throw page.notACursor(e);
        }
    }
}
