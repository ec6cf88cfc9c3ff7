package io.minigpt.corpus.http;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.CorrectionState;
import io.minigpt.corpus.Corrections;
import io.minigpt.corpus.FlaggedAnswer;
import io.minigpt.corpus.store.CorrectionStore;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows answers that people flagged. */
@Path("/api/corrections")
@Tag(name = "Corrections")
@RunOnVirtualThread
public class CorrectionResource {

    /** Later than any flag. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final CorrectionStore corrections;
    private final Corrections decisions;

    public CorrectionResource(CorrectionStore corrections, Corrections decisions) {
        this.corrections = corrections;
        this.decisions = decisions;
    }

    /**
     * A corrected pair.
     *
     * @param corpus the corpus that it goes into
     * @param question what is asked; the prompt of the flag if it is left out
     * @param answer what should have been answered
     */
    @Schema(name = "CorrectedPair")
    public record CorrectedPair(
            @Schema(required = true) String corpus,
            String question,
            @Schema(required = true) String answer) {

        public CorrectedPair {
            if (corpus == null || answer == null) {
                throw new InvalidRequestException("'corpus' and 'answer' are required");
            }
        }
    }

    @GET
    @Path("/{flagId}")
    @Operation(summary = "A flagged answer, with what was decided about it")
    public FlaggedAnswer get(@PathParam("flagId") String flagId) {
        return corrections.get(known(flagId));
    }

    @POST
    @Path("/{flagId}/accept")
    @Operation(
            summary = "Add the corrected pair to a corpus as a curated question",
            description = "The next regeneration takes it along. Accepting it again changes nothing.")
    public FlaggedAnswer accept(@PathParam("flagId") String flagId, CorrectedPair pair) {
        if (pair == null) {
            throw new InvalidRequestException("a corrected pair needs a body with 'corpus' and 'answer'");
        }
        known(flagId);
        String question = pair.question() == null ? get(flagId).prompt() : pair.question();
        return decisions.accept(flagId, new CorpusName(pair.corpus()), question, pair.answer());
    }

    @POST
    @Path("/{flagId}/refuse")
    @Operation(summary = "Decide that nothing is to be learned from it")
    public FlaggedAnswer refuse(@PathParam("flagId") String flagId) {
        return decisions.refuse(known(flagId));
    }

    @GET
    @Operation(summary = "Flagged answers, newest first")
    public Page<FlaggedAnswer> list(@QueryParam("state") String state, @BeanParam PageRequest page) {
        int limit = page.limit();
        String[] cursor = page.cursor().isEmpty()
                ? new String[] {END.toString()}
                : page.cursor().split("_", 2);
        return Page.of(
                corrections.list(state(state), time(cursor[0], page), cursor.length == 2 ? cursor[1] : "", limit + 1),
                limit,
                row -> row.flaggedAt() + "_" + row.flagId());
    }

    private static Optional<CorrectionState> state(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(CorrectionState.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("'state' must be open, accepted or refused")));
    }

    /** PostgreSQL has no text with U+0000. */
    private static String known(String flagId) {
        if (flagId.indexOf('\0') >= 0) {
            throw new NotFoundException("correction", flagId);
        }
        return flagId;
    }

    private static Instant time(String text, PageRequest page) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw page.notACursor(e);
        }
    }
}
