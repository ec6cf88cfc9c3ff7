package io.minigpt.qageneration.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.qageneration.store.PairQueries;
import io.minigpt.qageneration.store.PairReviews;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows generated pairs, and takes what people decide about them. */
@Path("/api/generation/pairs")
@Tag(name = "Pairs")
@RunOnVirtualThread
public class PairResource {

    /** A pair in a person's words. */
    @Schema(name = "PairWording")
    public record Wording(
            @Schema(required = true) String question,
            @Schema(required = true) String answer) {}

    private final PairQueries pairs;
    private final PairReviews reviews;

    public PairResource(PairQueries pairs, PairReviews reviews) {
        this.pairs = pairs;
        this.reviews = reviews;
    }

    @GET
    @Operation(summary = "Pairs in the order of their documents")
    public Page<PairQueries.Row> list(
            @QueryParam("corpus") String corpus,
            @QueryParam("documentId") String documentId,
            @QueryParam("runId") String runId,
            @Parameter(description = "active or retracted; both if it is not given") @QueryParam("state") String state,
            @BeanParam PageRequest page) {
        int limit = page.limit();
        PairQueries.Filter filter = new PairQueries.Filter(
                Optional.ofNullable(corpus),
                Optional.ofNullable(documentId),
                Optional.ofNullable(runId),
                Optional.ofNullable(state).map(PairResource::checked),
                place(page),
                limit + 1);
        return Page.of(
                pairs.list(filter), limit, pair -> pair.documentSequence() + "-" + pair.ordinal() + "-" + pair.id());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A pair")
    public PairQueries.Row get(@PathParam("id") String id) {
        return pairs.find(id).orElseThrow(() -> new NotFoundException("pair", id));
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Give a pair other words",
            description = "They are published in its place, and stay when the document is asked about again.")
    public PairQueries.Row edit(@PathParam("id") String id, Wording wording) {
        if (wording == null || wording.question() == null || wording.answer() == null) {
            throw new InvalidRequestException("the body must have a question and an answer");
        }
        reviews.edit(id, wording.question(), wording.answer());
        return get(id);
    }

    @POST
    @Path("/{id}/accept")
    @Operation(
            summary = "Keep a pair",
            description = "It stays when another prompt or teacher is asked. One that was refused counts again.")
    public PairQueries.Row accept(@PathParam("id") String id) {
        reviews.accept(id);
        return get(id);
    }

    @POST
    @Path("/{id}/refuse")
    @Operation(
            summary = "Take a pair back for good",
            description = "Its question is not taken from any later reply about the document either.")
    public PairQueries.Row refuse(@PathParam("id") String id, @QueryParam("reason") @DefaultValue("") String reason) {
        reviews.refuse(id, reason);
        return get(id);
    }

    private static String checked(String state) {
        if (!state.equals("active") && !state.equals("retracted")) {
            throw new InvalidRequestException("state must be active or retracted, not '" + state + "'");
        }
        return state;
    }

    private static PairQueries.Place place(PageRequest page) {
        if (page.cursor().isEmpty()) {
            return PairQueries.Place.START;
        }
        String[] parts = page.cursor().split("-", 3);
        if (parts.length != 3) {
            throw page.notACursor(null);
        }
        try {
            return new PairQueries.Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]);
        } catch (NumberFormatException e) {
            throw page.notACursor(e);
        }
    }
}
