package io.minigpt.corpus.http;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Question;
import io.minigpt.corpus.Retractions;
import io.minigpt.corpus.store.EntryQueries;
import io.minigpt.platform.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes in, shows and retracts curated questions. */
@Path("/api/corpora/{corpus}/questions")
@Tag(name = "Questions")
@RunOnVirtualThread
public class QuestionResource extends EntryResource {

    private final Imports imports;
    private final EntryQueries entries;

    public QuestionResource(Imports imports, EntryQueries entries, Retractions retractions) {
        super(Kind.QUESTION, retractions);
        this.imports = imports;
        this.entries = entries;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Import curated questions",
            description = "JSON lines of any number: {\"question\", \"answer\", \"id\"?, \"documentId\"?, ...}, where"
                    + " documentId is the caller's id of a document; otherwise as for documents.")
    @APIResponse(
            responseCode = "200",
            description = "Read to the end",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @APIResponse(responseCode = "202", description = "Kept, with Prefer: respond-async; Location shows its import")
    @APIResponse(responseCode = "400", description = "The body broke off; what came before is imported")
    @APIResponse(responseCode = "415", description = "Unknown Content-Encoding")
    public Response add(@PathParam("corpus") String corpus, @Context HttpHeaders headers, InputStream body) {
        return imports.take(new CorpusName(corpus), Kind.QUESTION, headers, body);
    }

    @GET
    @Operation(summary = "Curated questions in the order of their first import")
    public Page<EntryQueries.QuestionRow> list(@PathParam("corpus") String corpus, @BeanParam EntryFilter filter) {
        CorpusName name = new CorpusName(corpus);
        return Page.of(
                entries.questions(name, filter.filter(id -> Question.id(name, id))),
                filter.page.limit(),
                row -> Long.toString(row.sequence()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A curated question with its answer")
    public EntryQueries.QuestionRow get(@PathParam("corpus") String corpus, @PathParam("id") String id) {
        return entries.question(new CorpusName(corpus), id);
    }
}
