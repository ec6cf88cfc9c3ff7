package io.minigpt.tokenization.store;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.dataset.v1.EvaluationSetsListed;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.tokenization.ImportedSet;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jdbi.v3.core.Handle;

/** Tells which evaluation sets a corpus has, so that others can check their names before they ask for a freeze. */
@ApplicationScoped
public class SetAnnouncement {

    private final Database database;
    private final ImportedSetStore sets;
    private final Streams streams;
    private final Outbox outbox;

    SetAnnouncement(Database database, ImportedSetStore sets, Streams streams, Outbox outbox) {
        this.database = database;
        this.sets = sets;
        this.streams = streams;
        this.outbox = outbox;
    }

    void start(@Observes StartupEvent event) {
        // those that were imported before anybody was told
        database.run(transaction -> sets.corpora(transaction).forEach(corpus -> changed(transaction, corpus)));
    }

    /** Tells of a change that the transaction has made. */
    public void changed(Handle transaction, String corpus) {
        String stream = "evaluation/" + corpus;
        // its row is locked from here on, so the list that follows is the newest
        long revision = streams.next(transaction, stream, 1);
        EvaluationSetsListed listed = EvaluationSetsListed.newBuilder()
                .setPosition(StreamPosition.newBuilder().setStream(stream).setRevision(revision))
                .setCorpus(corpus)
                .addAllNames(sets.list(transaction, corpus).stream()
                        .map(ImportedSet::name)
                        .toList())
                .build();
        outbox.publish(transaction, corpus, listed);
    }
}
