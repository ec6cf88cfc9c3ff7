package io.minigpt.corpus.http;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.store.CorpusStore;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows corpora. */
@Path("/api/corpora")
@Tag(name = "Corpora")
@RunOnVirtualThread
public class CorpusResource {

    private final CorpusStore corpora;

    public CorpusResource(CorpusStore corpora) {
        this.corpora = corpora;
    }

    @GET
    @Operation(summary = "All corpora, by name")
    public Page<CorpusStore.Row> list(@BeanParam PageRequest page) {
        int limit = page.limit();
        return Page.of(corpora.list(page.cursor(), limit + 1), limit, CorpusStore.Row::name);
    }

    @GET
    @Path("/{corpus}")
    @Operation(summary = "A corpus with its counts, its revision and its statistics")
    public CorpusStore.Described get(@PathParam("corpus") String corpus) {
        return corpora.get(new CorpusName(corpus).value());
    }
}
