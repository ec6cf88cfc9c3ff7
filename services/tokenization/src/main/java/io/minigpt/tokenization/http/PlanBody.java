package io.minigpt.tokenization.http;

import io.minigpt.tokenization.RegenerationScope;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Says what changed. */
@Schema(name = "PlanRequest")
record PlanBody(
        @Schema(description = "dataset for fine-tuning, such as samples-sft", required = true)
        String dataset,

        @Schema(description = "its corpus, if it is to be checked")
        String corpus,

        @Schema(
                description = "documents that changed; if left out, all that changed since the newest version, or the"
                        + " whole corpus when a prompt or a teacher is named")
        List<String> documentIds,

        @Schema(description = "name or version of the prompt to use from now on; the present one if left out")
        String prompt,

        @Schema(description = "name of the teacher to use from now on; the present one if left out")
        String teacher) {

    RegenerationScope scope() {
        return new RegenerationScope(
                dataset,
                Objects.requireNonNullElse(corpus, ""),
                Objects.requireNonNullElse(documentIds, List.of()),
                Objects.requireNonNullElse(prompt, ""),
                Objects.requireNonNullElse(teacher, ""));
    }
}
