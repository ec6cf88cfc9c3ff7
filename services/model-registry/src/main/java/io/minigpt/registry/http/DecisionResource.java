package io.minigpt.registry.http;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.registry.store.DecisionStore;
import io.minigpt.registry.store.DecisionStore.Decided;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Every decision on a model's aliases: by policies, by people and on the way back. */
@Path("/api/models/{model}/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Promotion")
@RunOnVirtualThread
public class DecisionResource {

    private final Database database;
    private final DecisionStore store;

    DecisionResource(Database database, DecisionStore store) {
        this.database = database;
        this.store = store;
    }

    @GET
    @Operation(summary = "Decisions on aliases with the numbers they rest on, newest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "limit or cursor is wrong")
    public Page<DecisionView> list(
            @PathParam("model") String model,
            @Parameter(description = "Only on this alias") @QueryParam("alias") String alias,
            @BeanParam PageRequest page) {
        int rows = page.limit();
        long before = page.cursor().isEmpty() ? Long.MAX_VALUE : page.after();
        List<Decided> found = database.read(
                transaction -> store.list(transaction, model, Optional.ofNullable(alias), before, rows + 1));
        return Page.of(found.stream().map(DecisionView::of).toList(), rows, decision -> Long.toString(decision.id()));
    }
}
