package io.minigpt.corpus.http;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Retraction;
import io.minigpt.corpus.Retractions;
import io.minigpt.corpus.Withdrawal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What documents and curated questions are taken back by. */
@RunOnVirtualThread
public abstract class EntryResource {

    private final Kind kind;
    private final Retractions retractions;

    EntryResource(Kind kind, Retractions retractions) {
        this.kind = kind;
        this.retractions = retractions;
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Retract it",
            description = "Everything derived from it is retracted too. If others have the same content, the first of"
                    + " them counts from now on. Importing it again brings it back. Erased, it keeps its id and loses"
                    + " what it says, here and wherever it or something made from it is kept.")
    public Retraction retract(
            @PathParam("corpus") String corpus,
            @PathParam("id") String id,
            @QueryParam("erase") @DefaultValue("false") boolean erase,
            @QueryParam("reason") @DefaultValue("retracted by request") String reason) {
        return retractions.retract(new CorpusName(corpus), kind, id, new Withdrawal(reason, erase));
    }
}
