package io.minigpt.corpus.http;

import io.minigpt.corpus.Compression;
import io.minigpt.corpus.CorpusConfig;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Importer;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.PlainBody;
import io.minigpt.corpus.jobs.ImportQueue;
import io.minigpt.corpus.store.ImportStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** What a body of JSON lines becomes: an import at once, or a job if the caller would rather not wait. */
@ApplicationScoped
class Imports {

    private static final String RESPOND_ASYNC = "respond-async";

    private final Importer importer;
    private final ImportQueue queue;
    private final ImportStore imports;
    private final CorpusConfig config;

    Imports(Importer importer, ImportQueue queue, ImportStore imports, CorpusConfig config) {
        this.importer = importer;
        this.queue = queue;
        this.imports = imports;
        this.config = config;
    }

    Response take(CorpusName corpus, Kind kind, HttpHeaders headers, InputStream body) {
        Compression compression = ContentEncoding.compression(headers.getHeaderString(HttpHeaders.CONTENT_ENCODING));
        if (asynchronous(headers.getRequestHeader("Prefer"))) {
            return accepted(queue.upload(corpus, kind, compression, body));
        }
        PlainBody plain = new PlainBody(body, compression, config.maxBodySize().asLongValue(), config.maxExpansion());
        String id = importer.stream(corpus, kind, plain);
        return Response.ok(ImportAnswer.of(imports.get(id), imports.rejections(id, 0, config.maxRejections())))
                .build();
    }

    /** The answer that an import goes on. */
    static Response accepted(ImportStore.Row row) {
        return Response.accepted(row)
                .location(URI.create("/api/imports/" + row.importId()))
                .header("Preference-Applied", RESPOND_ASYNC)
                .build();
    }

    /** Source: RFC 7240. */
    private static boolean asynchronous(List<String> prefer) {
        return prefer.stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]")))
                .anyMatch(preference -> preference.strip().equalsIgnoreCase(RESPOND_ASYNC));
    }
}
