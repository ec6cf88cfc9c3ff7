package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.proto.event.v1.StreamPosition;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The content of one kind of entry, and how it is told to the world. */
interface ContentStore<C extends Candidate> {

    Kind kind();

    /** SQL that writes one content, new or changed. */
    String upsert();

    /** Binds a content to {@link #upsert()}. */
    void bind(PreparedBatch batch, C content);

    /** Writes contents, after their entries; no two of them may have one id. */
    default void save(Handle transaction, List<C> contents) {
        PreparedBatch batch = transaction.prepareBatch(upsert());
        for (C content : contents) {
            bind(batch, content);
            batch.add();
        }
        batch.execute();
    }

    /** The content of a stored entry. */
    C load(Handle transaction, String id);

    /** What says that the entry counts. */
    Message imported(CorpusName corpus, StreamPosition position, Entry entry, C content);

    /** What says that the entry counts no more. */
    Message retracted(CorpusName corpus, StreamPosition position, Entry entry, String reason);
}
