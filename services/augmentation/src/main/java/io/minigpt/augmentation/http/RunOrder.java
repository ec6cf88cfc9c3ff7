package io.minigpt.augmentation.http;

import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.RunRequest;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked for. */
@Schema(name = "AugmentationRunRequest")
public record RunOrder(
        @Schema(description = "Id of the run; asking twice with one id starts it once. A new one if not given")
        String id,

        @Schema(required = true) String corpus,

        @Schema(description = "Wait until the corpus has arrived up to this revision")
        Long corpusRevision,

        @Schema(description = "curated, generated or both; curated if not given")
        List<String> sources,

        @Schema(description = "Variants of each question; the configured number if not given")
        Integer variants,

        @Schema(description = "Name of the teacher; the configured one if not given")
        String teacher) {

    RunRequest request() {
        try {
            return new RunRequest(
                    id == null ? UUID.randomUUID().toString() : id,
                    corpus == null ? "" : corpus,
                    corpusRevision == null ? List.of() : List.of(input()),
                    sources == null
                            ? List.of()
                            : sources.stream().map(ParentSource::of).toList(),
                    variants == null ? 0 : variants,
                    teacher == null ? "" : teacher);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(e.getMessage(), e);
        }
    }

    private StreamRevision input() {
        return StreamRevision.newBuilder()
                .setStream("corpus/" + corpus)
                .setRevision(corpusRevision)
                .build();
    }
}
