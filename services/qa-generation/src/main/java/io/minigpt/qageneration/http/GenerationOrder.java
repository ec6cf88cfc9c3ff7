package io.minigpt.qageneration.http;

import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.http.RunOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked for. */
@Schema(name = "GenerationRunRequest")
public record GenerationOrder(
        @Schema(description = "Id of the run; asking twice with one id starts it once. A new one if not given")
        String id,

        @Schema(required = true) String corpus,

        @Schema(description = "Wait until the corpus has arrived up to this revision")
        Long corpusRevision,

        @Schema(description = "Name of the prompt; the configured one if not given")
        String prompt,

        @Schema(description = "Name of the teacher; the configured one if not given")
        String teacher,

        @Schema(description = "Only the first so many documents")
        Long maxDocuments)
        implements RunOrder<GenerationScope> {

    @Override
    public GenerationScope scope() {
        return new GenerationScope(prompt == null ? "" : prompt, maxDocuments == null ? 0 : maxDocuments);
    }
}
