package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Withdrawal;
import io.minigpt.proto.event.v1.StreamPosition;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The content of one kind of entry, and how it is told to the world. */
interface ContentStore<C extends Candidate> {

    Kind kind();

    /** Writes contents of new entries, after these. */
    void insert(Handle transaction, List<C> contents);

    /** Writes contents of entries that are there; no two of them may have one id. */
    void update(Handle transaction, List<C> contents);

    /** The content of a stored entry. */
    C load(Handle transaction, CorpusName corpus, Entry entry);

    /** What says that the entry counts. */
    Message imported(CorpusName corpus, StreamPosition position, Entry entry, C content);

    /** Removes what a retracted entry says, for good. */
    void erase(Handle transaction, CorpusName corpus, Entry entry);

    /** What says that the entry counts no more. */
    Message retracted(CorpusName corpus, StreamPosition position, Entry entry, Withdrawal withdrawal);
}
