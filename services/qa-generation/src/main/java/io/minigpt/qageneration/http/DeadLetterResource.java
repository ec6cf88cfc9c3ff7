package io.minigpt.qageneration.http;

import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.qageneration.store.DeadLetterQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows passages that were given up. */
@Path("/api/generation/dead-letters")
@Tag(name = "Dead letters")
@RunOnVirtualThread
public class DeadLetterResource {

    private final DeadLetterQueries deadLetters;

    public DeadLetterResource(DeadLetterQueries deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GET
    @Operation(summary = "Passages that were given up, newest first, with every raw reply about them")
    public Page<DeadLetterQueries.Row> list(
            @QueryParam("runId") @DefaultValue("") String runId, @BeanParam PageRequest page) {
        int limit = page.limit();
        return Page.of(
                deadLetters.list(runId, page.before(), limit + 1),
                limit,
                row -> row.createdAt().toString());
    }
}
