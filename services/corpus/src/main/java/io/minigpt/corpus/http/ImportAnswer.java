package io.minigpt.corpus.http;

import io.minigpt.corpus.Rejection;
import io.minigpt.corpus.store.ImportStore;
import io.minigpt.platform.InvalidRequestException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How an import by stream ended. */
@Schema(name = "ImportAnswer")
public record ImportAnswer(
        String importId,
        String corpus,
        @Schema(description = "documents or questions") String kind,
        @Schema(description = "Records published") long accepted,

        @Schema(description = "Records whose content was there already, or nearly")
        long duplicates,

        @Schema(description = "Those of them whose content was there nearly")
        long nearDuplicates,

        @Schema(description = "Blank lines") long skipped,
        @Schema(description = "Lines refused") long rejected,

        @Schema(description = "Revision of the corpus after it")
        long revision,

        @Schema(description = "The first refused lines with their numbers and reasons")
        List<Rejection> rejections,

        @Schema(description = "Whether more lines were refused than are listed")
        boolean rejectionsTruncated) {

    /**
     * @param rejections the first of them
     * @throws InvalidRequestException if the body was not read to its end
     */
    static ImportAnswer of(ImportStore.Row row, List<Rejection> rejections) {
        if (row.brokenOff() != null) {
            throw new InvalidRequestException("the body broke off " + row.brokenOff() + "; " + row.accepted()
                    + " records before that are imported, sending all of it again adds the rest");
        }
        return new ImportAnswer(
                row.importId(),
                row.corpus(),
                row.kind(),
                row.accepted(),
                row.duplicates(),
                row.nearDuplicates(),
                row.skipped(),
                row.rejected(),
                row.revision(),
                rejections,
                row.rejected() > rejections.size());
    }
}
