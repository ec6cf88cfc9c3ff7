package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.registry.PromotionPolicy;
import io.minigpt.registry.store.PolicyStore;
import io.minigpt.registry.store.PolicyStore.StoredPolicy;
import io.minigpt.registry.store.VersionStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What decides whether an evaluated version gets an alias. */
@Path("/api/models/{model}/aliases/{alias}/policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Promotion")
@RunOnVirtualThread
public class PolicyResource {

    private final Database database;
    private final PolicyStore store;
    private final VersionStore versions;

    PolicyResource(Database database, PolicyStore store, VersionStore versions) {
        this.database = database;
        this.store = store;
        this.versions = versions;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Put a promotion policy in force",
            description = "From the next evaluation that asks for the alias. What is left out has its default: the"
                    + " figure rougeL on the slice unseen, a margin of 0, no veto.")
    @APIResponse(responseCode = "200", description = "The policy as it is now in force")
    @APIResponse(responseCode = "400", description = "A property is wrong; detail names it")
    @APIResponse(responseCode = "404", description = "There is no such model")
    public PolicyView set(
            @PathParam("model") String model, @PathParam("alias") String alias, PolicyView.PolicyRequest request) {
        if (request == null) {
            throw new InvalidRequestException("the policy is missing");
        }
        PromotionPolicy policy = request.policy();
        String reason = Optional.ofNullable(request.reason()).orElse("");
        return PolicyView.of(database.transact(transaction -> {
            versions.lock(transaction, model);
            return store.set(transaction, model, Names.alias(alias), policy, "person", reason);
        }));
    }

    @GET
    @Operation(summary = "The policy that an alias has of its own")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "It has none: the configured one is in force")
    public PolicyView get(@PathParam("model") String model, @PathParam("alias") String alias) {
        return database.read(transaction -> store.find(transaction, model, alias))
                .map(PolicyView::of)
                .orElseThrow(() -> new NotFoundException("policy of its own of the alias", model + "@" + alias));
    }

    @GET
    @Path("/history")
    @Operation(summary = "Every policy that an alias had, newest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "limit or cursor is wrong")
    public Page<PolicyView> history(
            @PathParam("model") String model, @PathParam("alias") String alias, @BeanParam PageRequest page) {
        int rows = page.limit();
        long before = page.cursor().isEmpty() ? Long.MAX_VALUE : page.after();
        List<StoredPolicy> found =
                database.read(transaction -> store.history(transaction, model, alias, before, rows + 1));
        return Page.of(found.stream().map(PolicyView::of).toList(), rows, policy -> Long.toString(policy.revision()));
    }
}
