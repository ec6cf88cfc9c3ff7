package io.minigpt.augmentation.http;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.store.AugmentationRuns;
import io.minigpt.augmentation.store.ParentStore;
import io.minigpt.teacher.calls.FailedCalls;
import io.minigpt.teacher.http.RunResource;
import io.minigpt.teacher.run.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** Starts, shows and stops augmentation runs. */
@Path("/api/augmentation/runs")
@Tag(name = "Augmentation runs")
@RunOnVirtualThread
public class AugmentationRunResource extends RunResource<AugmentationScope, RunAnswer> {

    private final ParentStore parents;
    private final FailedCalls failures;

    public AugmentationRunResource(AugmentationRuns runs, ParentStore parents, FailedCalls failures) {
        super(runs);
        this.parents = parents;
        this.failures = failures;
    }

    @POST
    @Operation(
            summary = "Make variants of the questions of a corpus",
            description = "Questions whose variants are complete are not asked about again.")
    @APIResponse(responseCode = "202", description = "The run, at its address")
    public Response start(AugmentationOrder order) {
        return accept(order);
    }

    @Override
    protected RunAnswer answer(RunView<AugmentationScope> view) {
        return RunAnswer.of(view, failures.of(view.run().id()));
    }

    @Override
    protected boolean knows(Handle transaction, String corpus) {
        return parents.knows(transaction, corpus);
    }
}
