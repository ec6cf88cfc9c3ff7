package io.minigpt.corpus.http;

import io.minigpt.corpus.store.CorrectionStore;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows answers that people flagged. */
@Path("/api/corrections")
@Tag(name = "Corrections")
@RunOnVirtualThread
public class CorrectionResource {

    /** Later than any flag. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final CorrectionStore corrections;

    public CorrectionResource(CorrectionStore corrections) {
        this.corrections = corrections;
    }

    @GET
    @Operation(summary = "Flagged answers, newest first")
    public Page<CorrectionStore.Row> list(@BeanParam PageRequest page) {
        int limit = page.limit();
        String[] cursor = page.cursor().isEmpty()
                ? new String[] {END.toString()}
                : page.cursor().split("_", 2);
        return Page.of(
                corrections.list(time(cursor[0], page), cursor.length == 2 ? cursor[1] : "", limit + 1),
                limit,
                row -> row.flaggedAt() + "_" + row.flagId());
    }

    private static Instant time(String text, PageRequest page) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw page.notACursor(e);
        }
    }
}
