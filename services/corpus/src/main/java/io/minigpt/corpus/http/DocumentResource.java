package io.minigpt.corpus.http;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Document;
import io.minigpt.corpus.Kind;
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

/** Takes in, shows and retracts documents. */
@Path("/api/corpora/{corpus}/documents")
@Tag(name = "Documents")
@RunOnVirtualThread
public class DocumentResource extends EntryResource {

    private final Imports imports;
    private final EntryQueries entries;

    public DocumentResource(Imports imports, EntryQueries entries, Retractions retractions) {
        super(Kind.DOCUMENT, retractions);
        this.imports = imports;
        this.entries = entries;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Import documents",
            description = "JSON lines of any number: {\"text\", \"id\"?, \"title\"?, \"url\"?, ...}, plain or with"
                    + " Content-Encoding gzip or zstd. A line that is refused does not stop the rest. Importing"
                    + " something again changes nothing; a known id with another text replaces that text.")
    @APIResponse(
            responseCode = "200",
            description = "Read to the end",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @APIResponse(responseCode = "202", description = "Kept, with Prefer: respond-async; Location shows its import")
    @APIResponse(responseCode = "400", description = "The body broke off; what came before is imported")
    @APIResponse(responseCode = "415", description = "Unknown Content-Encoding")
    public Response add(@PathParam("corpus") String corpus, @Context HttpHeaders headers, InputStream body) {
        return imports.take(new CorpusName(corpus), Kind.DOCUMENT, headers, body);
    }

    @GET
    @Operation(summary = "Documents in the order of their first import, without their texts")
    public Page<EntryQueries.DocumentRow> list(@PathParam("corpus") String corpus, @BeanParam EntryFilter filter) {
        CorpusName name = new CorpusName(corpus);
        return Page.of(
                entries.documents(name, filter.filter(id -> Document.id(name, id))),
                filter.page.limit(),
                row -> Long.toString(row.sequence()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A document with its text, normalised and as it was sent")
    public EntryQueries.DocumentText get(@PathParam("corpus") String corpus, @PathParam("id") String id) {
        return entries.document(new CorpusName(corpus), id);
    }
}
