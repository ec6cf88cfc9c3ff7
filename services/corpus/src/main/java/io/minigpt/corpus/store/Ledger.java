package io.minigpt.corpus.store;

import io.minigpt.corpus.Admitted;
import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusLedger;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Document;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.ImportReport;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Question;
import io.minigpt.corpus.Retraction;
import io.minigpt.corpus.Retractions;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.minigpt.proto.event.v1.StreamRevision;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The ledger in the service's database, publishing through its outbox. */
@ApplicationScoped
class Ledger implements CorpusLedger, Retractions {

    private final Database database;
    private final EntryStore entries;
    private final DocumentStore documents;
    private final QuestionStore questions;
    private final ImportStore imports;
    private final CorpusStore corpora;
    private final Streams streams;
    private final Outbox outbox;

    Ledger(
            Database database,
            EntryStore entries,
            DocumentStore documents,
            QuestionStore questions,
            ImportStore imports,
            CorpusStore corpora,
            Streams streams,
            Outbox outbox) {
        this.database = database;
        this.entries = entries;
        this.documents = documents;
        this.questions = questions;
        this.imports = imports;
        this.corpora = corpora;
        this.streams = streams;
        this.outbox = outbox;
    }

    @Override
    public Admitted admitDocuments(CorpusName corpus, List<Document> batch) {
        return database.transact(
                transaction -> open(transaction, corpus, documents).admit(batch));
    }

    @Override
    public Admitted admitQuestions(CorpusName corpus, List<Question> batch) {
        return database.transact(
                transaction -> open(transaction, corpus, questions).admit(batch));
    }

    @Override
    public Retraction retract(CorpusName corpus, Kind kind, String id, String reason) {
        return database.transact(transaction -> {
            if (entries.find(transaction, corpus, kind, id).isEmpty()) {
                throw new NotFoundException(kind.text(), id);
            }
            LedgerTransaction<?> changes =
                    switch (kind) {
                        case DOCUMENT -> open(transaction, corpus, documents);
                        case QUESTION -> open(transaction, corpus, questions);
                    };
            // read again: opening has locked the corpus
            Entry entry = entries.find(transaction, corpus, kind, id).orElseThrow();
            String readmitted = changes.retract(entry, reason).map(Entry::id).orElse(null);
            return new Retraction(
                    id,
                    readmitted,
                    streams.published(transaction, corpus.stream()).getRevision());
        });
    }

    @Override
    public long finish(ImportReport report) {
        CorpusName corpus = report.corpus();
        return database.transact(transaction -> {
            entries.lock(transaction, corpus);
            StreamRevision revision = streams.published(transaction, corpus.stream());
            CorpusStore.Counts counts = corpora.counts(transaction, corpus.value());
            imports.add(transaction, report, revision.getRevision());
            outbox.publish(
                    transaction,
                    corpus.value(),
                    ImportFinished.newBuilder()
                            .setCorpus(corpus.value())
                            .setImportId(report.importId())
                            .setOutput(revision)
                            .setAccepted(report.accepted())
                            .setDuplicates(report.duplicates())
                            .setSkipped(report.skipped())
                            .setRejected(report.rejected())
                            .setDocuments(counts.documents())
                            .setQuestions(counts.questions())
                            .build());
            return revision.getRevision();
        });
    }

    private <C extends Candidate> LedgerTransaction<C> open(
            Handle transaction, CorpusName corpus, ContentStore<C> contents) {
        return new LedgerTransaction<>(transaction, corpus, entries, contents, streams, outbox);
    }
}
