package io.minigpt.corpus.http;

import io.minigpt.corpus.store.ImportStore;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows imports that ended, whether their bodies were read to the end or broke off. */
@Path("/api/imports")
@Tag(name = "Imports")
@RunOnVirtualThread
public class ImportResource {

    private final ImportStore imports;

    public ImportResource(ImportStore imports) {
        this.imports = imports;
    }

    @GET
    @Operation(summary = "The newest imports, of one corpus or of all")
    public Page<ImportStore.Row> list(
            @QueryParam("corpus") @DefaultValue("") String corpus, @BeanParam PageRequest page) {
        return Page.all(imports.newest(corpus, page.limit()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An import")
    public ImportStore.Row find(@PathParam("id") String id) {
        return imports.get(id);
    }
}
