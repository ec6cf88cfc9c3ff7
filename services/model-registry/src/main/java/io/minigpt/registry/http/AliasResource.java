package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.registry.Alias;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.store.AliasStore;
import io.minigpt.registry.store.Promotions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The aliases of a model: what is served follows them. */
@Path("/api/models/{model}/aliases/{alias}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Aliases")
@RunOnVirtualThread
public class AliasResource {

    private final Database database;
    private final AliasStore store;
    private final Promotions promotions;

    AliasResource(Database database, AliasStore store, Promotions promotions) {
        this.database = database;
        this.store = store;
        this.promotions = promotions;
    }

    /** What an alias is to name. */
    @Schema(name = "AliasRequest")
    record AliasRequest(
            @Schema(description = "Version that it names from now on", required = true)
            Integer version,

            @Schema(description = "Why", nullable = true) String reason) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Let an alias name a version; inference loads it and then serves it")
    @APIResponse(responseCode = "200", description = "What the alias names now")
    @APIResponse(responseCode = "400", description = "A property is missing or wrong; detail names it")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public AliasView set(@PathParam("model") String model, @PathParam("alias") String alias, AliasRequest request) {
        if (request == null || request.version() == null) {
            throw new InvalidRequestException("version is missing; it must be the number of a version of " + model);
        }
        VersionReference version = new VersionReference(model, request.version());
        String reason = Optional.ofNullable(request.reason()).orElse("");
        return AliasView.of(database.transact(
                transaction -> promotions.decideByHand(transaction, version, Names.alias(alias), "person", reason)));
    }

    /** Why an alias goes back. */
    @Schema(name = "RollbackRequest")
    record RollbackRequest(
            @Schema(description = "Why", nullable = true) String reason) {}

    @POST
    @Path("/rollback")
    @Operation(summary = "Let an alias name again what it named before; inference follows")
    @APIResponse(responseCode = "200", description = "What the alias names now")
    @APIResponse(responseCode = "404", description = "There is no such model, or the alias names nothing")
    @APIResponse(
            responseCode = "409",
            description = "It named nothing before, or the version that it named is deleted; detail says which")
    public AliasView rollBack(
            @PathParam("model") String model, @PathParam("alias") String alias, RollbackRequest request) {
        String reason =
                Optional.ofNullable(request).map(RollbackRequest::reason).orElse("");
        return AliasView.of(database.transact(transaction -> promotions.rollBack(transaction, model, alias, reason)));
    }

    @GET
    @Operation(summary = "What an alias names, now or at a time")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "at is no time")
    @APIResponse(responseCode = "404", description = "The alias names nothing, or did not then")
    public AliasView get(
            @PathParam("model") String model,
            @PathParam("alias") String alias,
            @Parameter(description = "A time such as 2026-01-31T12:00:00Z") @QueryParam("at") String at) {
        Optional<Alias> found = database.read(transaction -> at == null
                ? store.find(transaction, model, alias)
                : store.find(transaction, model, alias, Names.time("at", at)));
        return found.map(AliasView::of).orElseThrow(() -> new NotFoundException("alias", model + "@" + alias));
    }

    @GET
    @Path("/history")
    @Operation(summary = "Every change of an alias, newest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "limit or cursor is wrong")
    public Page<AliasView> history(
            @PathParam("model") String model, @PathParam("alias") String alias, @BeanParam PageRequest page) {
        int rows = page.limit();
        long before = page.cursor().isEmpty() ? Long.MAX_VALUE : page.after();
        List<Alias> found = database.read(transaction -> store.history(transaction, model, alias, before, rows + 1));
        return Page.of(found.stream().map(AliasView::of).toList(), rows, change -> Long.toString(change.revision()));
    }
}
