package io.minigpt.corpus.jobs;

import io.minigpt.corpus.CorpusConfig;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.ImportOrder;
import io.minigpt.corpus.Importer;
import io.minigpt.corpus.Position;
import io.minigpt.corpus.store.ImportBooks;
import io.minigpt.corpus.store.ImportState;
import io.minigpt.corpus.store.ImportStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Imports an upload or a file from where the last stored batch ends, so that a lost lease loses no work. */
@ApplicationScoped
class ImportJob implements JobHandler {

    static final String KIND = "import";

    private final Database database;
    private final Importer importer;
    private final ImportSources sources;
    private final ImportBooks books;
    private final ImportStore imports;
    private final JobQueue jobs;
    private final CorpusConfig config;

    ImportJob(
            Database database,
            Importer importer,
            ImportSources sources,
            ImportBooks books,
            ImportStore imports,
            JobQueue jobs,
            CorpusConfig config) {
        this.database = database;
        this.importer = importer;
        this.sources = sources;
        this.books = books;
        this.imports = imports;
        this.jobs = jobs;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int slots() {
        return config.imports().slots();
    }

    @Override
    public void run(JobLease lease) throws IOException {
        ImportTask task = ImportTask.of(lease.job().payload());
        ImportOrder order = order(lease.job(), task);
        Position from = database.read(transaction -> imports.position(transaction, order.id()));
        try (ImportSources.Open source = sources.open(task.source())) {
            source.body().skipNBytes(from.offset());
            Optional<String> brokenOff = importer.read(
                    order,
                    source.body(),
                    from,
                    books.in(
                            lease::transact, () -> OptionalLong.of(source.body().rawBytes())),
                    () -> {
                        lease.checkCancelled();
                        lease.checkDraining();
                    });
            lease.succeed(transaction -> end(transaction, lease.job(), ImportState.ofBody(brokenOff), brokenOff));
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        end(transaction, job, ImportState.FAILED, Optional.of(reason));
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        end(transaction, job, ImportState.CANCELLED, Optional.of(reason));
    }

    private void end(Handle transaction, Job job, ImportState state, Optional<String> why) {
        ImportTask task = ImportTask.of(job.payload());
        books.end(transaction, order(job, task), state, why);
        if (task.source() instanceof ImportTask.Upload upload) {
            jobs.submit(transaction, UploadRemoval.job(upload.key()));
        }
    }

    private static ImportOrder order(Job job, ImportTask task) {
        return new ImportOrder(job.id(), new CorpusName(task.corpus()), task.kind());
    }
}
