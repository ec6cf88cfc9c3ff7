package io.minigpt.corpus.http;

import io.minigpt.corpus.ImportReport;
import io.minigpt.corpus.ImportResult;
import io.minigpt.corpus.Rejection;
import io.minigpt.platform.InvalidRequestException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How an import ended. */
@Schema(name = "Import")
public record ImportAnswer(
        String importId,
        String corpus,
        @Schema(description = "documents or questions") String kind,
        @Schema(description = "Records published") long accepted,

        @Schema(description = "Records whose content was there already")
        long duplicates,

        @Schema(description = "Blank lines") long skipped,
        @Schema(description = "Lines refused") long rejected,

        @Schema(description = "Revision of the corpus after it")
        long revision,

        @Schema(description = "The first refused lines with their numbers and reasons")
        List<Rejection> rejections,

        @Schema(description = "Whether more lines were refused than are listed")
        boolean rejectionsTruncated) {

    /** @throws InvalidRequestException if the body was not read to its end */
    static ImportAnswer of(ImportResult result) {
        ImportReport report = result.report();
        if (report.brokenOff() != null) {
            throw new InvalidRequestException("the body broke off " + report.brokenOff() + "; " + report.accepted()
                    + " records before that are imported, sending all of it again adds the rest");
        }
        return new ImportAnswer(
                report.importId(),
                report.corpus().value(),
                report.kind().plural(),
                report.accepted(),
                report.duplicates(),
                report.skipped(),
                report.rejected(),
                result.revision(),
                report.rejections(),
                report.rejected() > report.rejections().size());
    }
}
