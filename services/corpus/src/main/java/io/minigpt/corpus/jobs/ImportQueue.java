package io.minigpt.corpus.jobs;

import io.minigpt.corpus.Compression;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.ImportOrder;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.store.ImportBooks;
import io.minigpt.corpus.store.ImportState;
import io.minigpt.corpus.store.ImportStore;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.UUID;

/** Takes imports that go on without their caller. */
@ApplicationScoped
public class ImportQueue {

    private final Database database;
    private final ImportSources sources;
    private final ImportBooks books;
    private final ImportStore imports;
    private final JobQueue jobs;

    ImportQueue(Database database, ImportSources sources, ImportBooks books, ImportStore imports, JobQueue jobs) {
        this.database = database;
        this.sources = sources;
        this.books = books;
        this.imports = imports;
        this.jobs = jobs;
    }

    /** Keeps a body and queues its import. */
    public ImportStore.Row upload(CorpusName corpus, Kind kind, Compression compression, InputStream body) {
        ImportOrder order = order(corpus, kind);
        return submit(order, "upload", sources.keep(order.id(), body, compression));
    }

    /** Queues the import of a file of the import folder, or of an object of the import bucket. */
    public ImportStore.Row reference(CorpusName corpus, Kind kind, String reference) {
        return submit(order(corpus, kind), reference, sources.find(reference));
    }

    /** Asks an import to stop; one that has ended stays as it is. */
    public ImportStore.Row cancel(String id) {
        ImportStore.Row row = imports.get(id);
        if (row.source().equals("stream") && row.finishedAt() == null) {
            throw new ConflictException("import " + id
                    + " reads the body of a request and cannot be cancelled; close that connection to stop it");
        }
        database.run(transaction -> jobs.cancel(transaction, id, "cancelled by request"));
        return imports.get(id);
    }

    private static ImportOrder order(CorpusName corpus, Kind kind) {
        return new ImportOrder(UUID.randomUUID().toString(), corpus, kind);
    }

    private ImportStore.Row submit(ImportOrder order, String name, ImportTask.Source source) {
        ImportTask task = new ImportTask(order.corpus().value(), order.kind(), source);
        ImportStore.Entered entered =
                new ImportStore.Entered(name, ImportState.QUEUED, OptionalLong.of(source.bytes()));
        database.run(transaction -> {
            books.enter(transaction, order, entered);
            jobs.submit(transaction, Job.of(order.id(), ImportJob.KIND, task.payload(), "", ""));
        });
        return imports.get(order.id());
    }
}
