package io.minigpt.tokenization.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.Selection;
import io.minigpt.tokenization.Separator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Asks for the next version of a dataset. */
@Schema(name = "Freeze")
record FreezeBody(
        @Schema(description = "id of the freeze, so that asking twice freezes once; chosen if left out")
        String runId,

        @Schema(description = "pretraining or sft", required = true)
        String kind,

        @Schema(description = "corpus that it is made from", required = true)
        String corpus,

        @Schema(description = "at most so many generated pairs, the first in document order; 0 for all")
        Long maxGenerated,

        @Schema(description = "how often each trained record of a curated family is trained on; default 1")
        Integer curatedRepeat,

        @Schema(description = "kinds of pairs: curated, generated, variant; all if left out")
        List<String> kinds,

        @Schema(description = "generated pairs of these prompts only; all if left out")
        List<String> promptVersions,

        @Schema(description = "at most so many variants, those of curated questions first; 0 for all")
        Long maxVariants,

        @Schema(description = "how often each other trained pair is trained on; default 1")
        Integer generatedRepeat,

        @Schema(
                description =
                        "generated pairs of which at least this share of the answer is in the text; all if left out")
        Double minGrounding,

        @Schema(description = "what stands after each document: eot (default) or newline")
        String separator,

        @Schema(description = "text form of pairs, a file of config/templates; default qa")
        String template,

        @Schema(description = "imported evaluation sets of the corpus to freeze with it")
        List<String> evaluationSets,

        @Schema(description = "streams that must have arrived up to these numbers before it starts")
        List<Input> inputs,

        @Schema(description = "who asks, for people") String requestedBy,
        @Schema(description = "why, for people") String reason) {

    record Input(String stream, long revision) {

        StreamRevision proto() {
            if (stream == null || stream.isBlank() || revision < 0) {
                throw new InvalidRequestException("inputs: each needs a stream and a revision of 0 or more");
            }
            return StreamRevision.newBuilder()
                    .setStream(stream)
                    .setRevision(revision)
                    .build();
        }
    }

    /** What it selects, whatever it is for. */
    Selection selection() {
        return new Selection(
                corpus,
                maxGenerated == null ? 0 : maxGenerated,
                curatedRepeat == null ? 1 : curatedRepeat,
                kinds == null ? List.of() : kinds,
                promptVersions == null ? List.of() : promptVersions,
                maxVariants == null ? 0 : maxVariants,
                generatedRepeat == null ? 1 : generatedRepeat,
                minGrounding == null ? 0 : minGrounding,
                Separator.of(separator),
                template,
                evaluationSets);
    }

    Freeze freeze(String name) {
        if (kind == null) {
            throw new InvalidRequestException("kind is missing; it is pretraining or sft");
        }
        return new Freeze(
                runId == null ? UUID.randomUUID().toString() : runId,
                name,
                Purpose.of(kind),
                selection(),
                inputs == null ? List.of() : inputs.stream().map(Input::proto).toList(),
                requestedBy == null ? "" : requestedBy,
                reason == null ? "" : reason);
    }
}
