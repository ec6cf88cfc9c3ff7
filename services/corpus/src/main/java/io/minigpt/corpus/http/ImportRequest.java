package io.minigpt.corpus.http;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Kind;
import io.minigpt.platform.InvalidRequestException;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Asks for the import of a file that lies beside the service, or of an object of a bucket. */
@Schema(name = "ImportRequest")
public record ImportRequest(
        @Schema(required = true) String corpus,

        @Schema(description = "documents (default) or questions")
        String kind,

        @Schema(
                required = true,
                description = "Name of a file within the import folder, or s3://bucket/key of the import bucket")
        String file) {

    CorpusName corpusName() {
        return new CorpusName(required("corpus", corpus));
    }

    Kind wantedKind() {
        return Arrays.stream(Kind.values())
                .filter(known -> known.plural().equals(kind == null ? Kind.DOCUMENT.plural() : kind))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidRequestException("kind must be documents or questions, not '" + kind + "'"));
    }

    String fileName() {
        return required("file", file);
    }

    private static String required(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidRequestException("'" + name + "' is missing");
        }
        return value;
    }
}
