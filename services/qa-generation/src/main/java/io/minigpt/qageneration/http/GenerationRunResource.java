package io.minigpt.qageneration.http;

import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.store.DocumentStore;
import io.minigpt.qageneration.store.GenerationRuns;
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

/** Starts, shows and stops generation runs. */
@Path("/api/generation/runs")
@Tag(name = "Generation runs")
@RunOnVirtualThread
public class GenerationRunResource extends RunResource<GenerationScope, RunAnswer> {

    private final DocumentStore documents;
    private final FailedCalls failures;

    public GenerationRunResource(GenerationRuns runs, DocumentStore documents, FailedCalls failures) {
        super(runs);
        this.documents = documents;
        this.failures = failures;
    }

    @POST
    @Operation(
            summary = "Make question-answer pairs for the documents of a corpus",
            description = "Documents whose pairs are complete are not asked about again.")
    @APIResponse(responseCode = "202", description = "The run, at its address")
    public Response start(GenerationOrder order) {
        return accept(order);
    }

    @Override
    protected RunAnswer answer(RunView<GenerationScope> view) {
        return RunAnswer.of(view, failures.of(view.run().id()));
    }

    @Override
    protected boolean knows(Handle transaction, String corpus) {
        return documents.knows(transaction, corpus);
    }
}
