package io.minigpt.corpus.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.corpus.Rejection;
import io.minigpt.corpus.jobs.ImportQueue;
import io.minigpt.corpus.store.ImportStore;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows, begins and cancels imports. */
@Path("/api/imports")
@Tag(name = "Imports")
@RunOnVirtualThread
public class ImportResource {

    private static final int PAGE = 1000;

    private final ImportStore imports;
    private final ImportQueue queue;
    private final ObjectMapper json;

    public ImportResource(ImportStore imports, ImportQueue queue, ObjectMapper json) {
        this.imports = imports;
        this.queue = queue;
        this.json = json;
    }

    @GET
    @Operation(summary = "The newest imports, of one corpus or of all")
    public Page<ImportStore.Row> list(
            @QueryParam("corpus") @DefaultValue("") String corpus, @BeanParam PageRequest page) {
        return Page.all(imports.newest(corpus, page.limit()));
    }

    @POST
    @Operation(
            summary = "Import a file of the import folder or an object of the import bucket",
            description = "Plain, gzip or zstd, which is recognised by its first bytes. The import goes on after a"
                    + " crash where it stopped.")
    @APIResponse(responseCode = "202", description = "Queued; Location says where it is shown")
    @APIResponse(
            responseCode = "400",
            description = "No such file or object, or no import folder or bucket is configured")
    public Response begin(ImportRequest request) {
        return Imports.accepted(queue.reference(request.corpusName(), request.wantedKind(), request.fileName()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An import with its progress and counts")
    public ImportStore.Row find(@PathParam("id") String id) {
        return imports.get(id);
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Stop an import; what it has stored stays")
    @APIResponse(responseCode = "409", description = "It reads the body of a request")
    public ImportStore.Row cancel(@PathParam("id") String id) {
        return queue.cancel(id);
    }

    @GET
    @Path("/{id}/rejects")
    @Produces("application/x-ndjson")
    @Operation(summary = "The refused lines as JSON lines: line, code, reason, excerpt")
    public Response rejects(@PathParam("id") String id) {
        imports.get(id);
        StreamingOutput lines = out -> write(id, out);
        return Response.ok(lines)
                .header("Content-Disposition", "attachment; filename=\"rejects-" + id + ".jsonl\"")
                .build();
    }

    private void write(String id, OutputStream out) throws IOException {
        List<Rejection> page = imports.rejections(id, 0, PAGE);
        while (!page.isEmpty()) {
            for (Rejection rejection : page) {
                out.write(json.writeValueAsBytes(rejection));
                out.write('\n');
            }
            page = imports.rejections(id, page.getLast().line(), PAGE);
        }
    }
}
