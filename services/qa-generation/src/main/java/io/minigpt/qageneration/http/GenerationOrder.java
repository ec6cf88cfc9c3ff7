package io.minigpt.qageneration.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.qageneration.Depth;
import io.minigpt.qageneration.DocumentChoice;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.http.RunOrder;
import java.math.BigDecimal;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked for. */
@Schema(name = "GenerationRunRequest")
public record GenerationOrder(
        @Schema(description = "Id of the run; asking twice with one id starts it once. A new one if not given")
        String id,

        @Schema(required = true) String corpus,

        @Schema(description = "Wait until the corpus has arrived up to this revision")
        Long corpusRevision,

        @Schema(description = "Name of the prompt; the one of the depth if not given")
        String prompt,

        @Schema(description = "Name of the teacher; the configured one if not given")
        String teacher,

        @Schema(description = "Only the first so many documents")
        Long maxDocuments,

        @Schema(description = "Only this document") String documentId,

        @Schema(description = "Only documents that this run did not have, or had with another text")
        String sinceRunId,

        @Schema(description = "Pairs about every sentence, 1 to 20, in place of the configured number a passage")
        Integer questionsPerSentence,

        @Schema(description = "all (if not given) or first: which passages of a long text are asked about")
        String passages,

        @Schema(description = "Tokens, sent and received, after which the run is paused")
        Long maxTokens,

        @Schema(description = "Money, in the currency of the configured prices, after which the run is paused")
        BigDecimal maxCost)
        implements RunOrder<GenerationScope> {

    @Override
    public GenerationScope scope() {
        return new GenerationScope(
                Objects.requireNonNullElse(prompt, ""),
                new DocumentChoice(
                        Objects.requireNonNullElse(maxDocuments, 0L),
                        DocumentChoice.only(Objects.requireNonNullElse(documentId, "")),
                        Objects.requireNonNullElse(sinceRunId, "")),
                new Depth(Objects.requireNonNullElse(questionsPerSentence, 0), firstPassageOnly(), 0));
    }

    private boolean firstPassageOnly() {
        return switch (Objects.requireNonNullElse(passages, "all")) {
            case "all" -> false;
            case "first" -> true;
            default -> throw new InvalidRequestException("passages must be all or first, not '" + passages + "'");
        };
    }
}
