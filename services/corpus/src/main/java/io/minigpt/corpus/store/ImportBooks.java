package io.minigpt.corpus.store;

import io.minigpt.corpus.Batch;
import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusConfig;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Document;
import io.minigpt.corpus.ImportLedger;
import io.minigpt.corpus.ImportOrder;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Question;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.minigpt.proto.event.v1.StreamRevision;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Imports from their beginning to their end: what a batch brings and how far it is are written in one transaction. */
@ApplicationScoped
public class ImportBooks {

    private final Ledger ledger;
    private final EntryStore entries;
    private final ImportStore imports;
    private final CorpusStore corpora;
    private final Streams streams;
    private final Outbox outbox;
    private final JobQueue jobs;
    private final CorpusConfig.Imports config;

    ImportBooks(
            Ledger ledger,
            EntryStore entries,
            ImportStore imports,
            CorpusStore corpora,
            Streams streams,
            Outbox outbox,
            JobQueue jobs,
            CorpusConfig config) {
        this.ledger = ledger;
        this.entries = entries;
        this.imports = imports;
        this.corpora = corpora;
        this.streams = streams;
        this.outbox = outbox;
        this.jobs = jobs;
        this.config = config.imports();
    }

    /** For bodies that are stored while they are sent. */
    @Produces
    @ApplicationScoped
    ImportLedger streams(Database database) {
        return in(database::transact, OptionalLong::empty);
    }

    /**
     * A ledger of its own for one import.
     *
     * @param transactor what its transactions run in
     * @param readBytes bytes of the source that were read so far, if that is known
     */
    public ImportLedger in(Transactor transactor, Supplier<OptionalLong> readBytes) {
        return new ImportLedger() {

            @Override
            public void begin(ImportOrder order) {
                transactor.transact(transaction -> {
                    imports.closeAbandoned(transaction, config.abandonedAfter());
                    enter(transaction, order, ImportStore.Entered.stream());
                    return null;
                });
            }

            @Override
            public void storeDocuments(ImportOrder order, Batch<Document> batch) {
                store(order, batch, ledger.documents());
            }

            @Override
            public void storeQuestions(ImportOrder order, Batch<Question> batch) {
                store(order, batch, ledger.questions());
            }

            @Override
            public void end(ImportOrder order, Optional<String> brokenOff) {
                transactor.transact(transaction -> {
                    ImportBooks.this.end(transaction, order, ImportState.ofBody(brokenOff), brokenOff);
                    return null;
                });
            }

            private <C extends Candidate> void store(ImportOrder order, Batch<C> batch, ContentStore<C> contents) {
                transactor.transact(transaction -> {
                    List<C> candidates = batch.candidates();
                    Admitted admitted = candidates.isEmpty()
                            ? new Admitted(0, 0, 0)
                            : ledger.admit(transaction, order.corpus(), contents, candidates);
                    imports.progress(transaction, order, batch, admitted, readBytes.get());
                    imports.reject(transaction, order, batch.rejections(), config.maxRejects());
                    return null;
                });
            }
        };
    }

    /** Enters an import into the books. */
    public void enter(Handle transaction, ImportOrder order, ImportStore.Entered entered) {
        entries.create(transaction, order.corpus());
        imports.add(transaction, order, entered);
    }

    /** Ends an import and publishes it. @param why it did not go to its end, if it did not */
    public void end(Handle transaction, ImportOrder order, ImportState state, Optional<String> why) {
        CorpusName corpus = order.corpus();
        entries.lock(transaction, corpus);
        StreamRevision revision = streams.published(transaction, corpus.stream());
        CorpusStore.Counts counts = corpora.counts(transaction, corpus.value());
        ImportStore.Row row = imports.end(transaction, order, state, why, revision.getRevision());
        if (order.kind() == Kind.DOCUMENT) {
            jobs.submit(transaction, TokenStore.job(order.id(), corpus.value()));
        }
        outbox.publish(
                transaction,
                corpus.value(),
                ImportFinished.newBuilder()
                        .setCorpus(corpus.value())
                        .setImportId(order.id())
                        .setOutput(revision)
                        .setAccepted(row.accepted())
                        .setDuplicates(row.duplicates())
                        .setSkipped(row.skipped())
                        .setRejected(row.rejected())
                        .setDocuments(counts.documents())
                        .setQuestions(counts.questions())
                        .build());
    }
}
