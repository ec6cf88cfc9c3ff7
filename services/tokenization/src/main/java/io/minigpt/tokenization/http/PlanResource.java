package io.minigpt.tokenization.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.tokenization.store.PlanStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a regeneration would touch and cost. */
@Path("/api/datasets/plan")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlanResource {

    private final PlanStore plans;

    PlanResource(PlanStore plans) {
        this.plans = plans;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "What bringing a dataset up to date would touch and cost; nothing is changed")
    @APIResponse(responseCode = "400", description = "The dataset, a document, the prompt or the teacher is unknown")
    public PlanView plan(PlanBody body) {
        if (body == null) {
            throw new InvalidRequestException("the request has no body; it needs at least dataset");
        }
        return PlanView.of(plans.plan(body.scope()));
    }
}
