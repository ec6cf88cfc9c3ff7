package io.minigpt.corpus.store;

import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusConfig;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Retraction;
import io.minigpt.corpus.Retractions;
import io.minigpt.corpus.Withdrawal;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the corpora hold, in the service's database, published through its outbox. */
@ApplicationScoped
class Ledger implements Retractions {

    private final Database database;
    private final EntryStore entries;
    private final DocumentStore documents;
    private final QuestionStore questions;
    private final Streams streams;
    private final Outbox outbox;
    private final CorpusConfig.NearDuplicates near;

    Ledger(
            Database database,
            EntryStore entries,
            DocumentStore documents,
            QuestionStore questions,
            Streams streams,
            Outbox outbox,
            CorpusConfig config) {
        this.database = database;
        this.entries = entries;
        this.documents = documents;
        this.questions = questions;
        this.streams = streams;
        this.outbox = outbox;
        this.near = config.nearDuplicates();
    }

    DocumentStore documents() {
        return documents;
    }

    QuestionStore questions() {
        return questions;
    }

    /** Takes candidates in, in their order. */
    <C extends Candidate> Admitted admit(
            Handle transaction, CorpusName corpus, ContentStore<C> contents, List<C> batch) {
        return open(transaction, corpus, contents).admit(batch);
    }

    @Override
    public Retraction retract(CorpusName corpus, Kind kind, String id, Withdrawal withdrawal) {
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
            String readmitted =
                    changes.retract(entry, withdrawal).map(Entry::id).orElse(null);
            return new Retraction(
                    id,
                    readmitted,
                    streams.published(transaction, corpus.stream()).getRevision());
        });
    }

    private <C extends Candidate> LedgerTransaction<C> open(
            Handle transaction, CorpusName corpus, ContentStore<C> contents) {
        boolean looking = near.enabled() && contents.kind() == Kind.DOCUMENT;
        NearSearch search = new NearSearch(transaction, corpus, looking, near.threshold());
        return new LedgerTransaction<>(transaction, corpus, entries, contents, streams, outbox, search);
    }
}
