package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.VersionQuery;
import io.minigpt.registry.store.VersionSearch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The best version by a figure. */
@Path("/api/models/{model}/best")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Versions")
@RunOnVirtualThread
public class BestResource {

    private final Database database;
    private final VersionSearch search;
    private final VersionViews views;

    BestResource(Database database, VersionSearch search, VersionViews views) {
        this.database = database;
        this.search = search;
        this.views = views;
    }

    @GET
    @Operation(summary = "The best version of a model by a figure")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "by is missing or no figure of the model; detail lists them")
    @APIResponse(responseCode = "404", description = "No version is as the other parameters say and has the figure")
    public VersionView best(
            @PathParam("model") String model,
            @Parameter(description = "Name of the figure, such as rougeL.unseen", required = true) @QueryParam("by")
                    String by,
            @BeanParam VersionParameters parameters) {
        if (by == null) {
            throw new InvalidRequestException("by is missing; it must be the name of a figure such as rougeL.unseen");
        }
        VersionQuery query = VersionQuery.of(parameters.filter(), by, false, "", 1);
        return database.read(transaction -> {
            RegisteredVersion best = search.list(transaction, model, query).stream()
                    .filter(found -> found.position().key().isPresent())
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("version of " + model + " with", by))
                    .version();
            return views.of(transaction, best);
        });
    }
}
