package io.minigpt.qageneration.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.qageneration.RunRequest;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked for. */
@Schema(name = "GenerationRunRequest")
public record RunOrder(
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
        Long maxDocuments) {

    RunRequest request() {
        try {
            return new RunRequest(
                    id == null ? UUID.randomUUID().toString() : id,
                    corpus == null ? "" : corpus,
                    Optional.ofNullable(corpusRevision),
                    prompt == null ? "" : prompt,
                    teacher == null ? "" : teacher,
                    maxDocuments == null ? 0 : maxDocuments);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(e.getMessage(), e);
        }
    }
}
