package io.minigpt.qageneration.http;

import io.minigpt.platform.http.Page;
import io.minigpt.qageneration.store.PromptStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows prompts. */
@Path("/api/generation/prompts")
@Tag(name = "Prompts")
@RunOnVirtualThread
public class PromptResource {

    private final PromptStore prompts;

    public PromptResource(PromptStore prompts) {
        this.prompts = prompts;
    }

    @GET
    @Operation(summary = "Every version of a prompt that was ever loaded, newest first")
    public Page<PromptStore.Row> list() {
        return Page.all(prompts.list());
    }
}
