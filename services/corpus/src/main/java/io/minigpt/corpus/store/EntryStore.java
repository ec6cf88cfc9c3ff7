package io.minigpt.corpus.store;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of what a corpus holds, without the content. */
@ApplicationScoped
class EntryStore {

    /** An entry with the reason of its state. */
    record Changed(Entry entry, String reason) {}

    /** Creates the corpus if it is new, and locks it until the transaction ends. */
    void lock(Handle transaction, CorpusName corpus) {
        transaction
                .createUpdate("insert into corpus (name) values (:name) on conflict do nothing")
                .bind("name", corpus.value())
                .execute();
        transaction
                .createQuery("select name from corpus where name = :name for update")
                .bind("name", corpus.value())
                .mapTo(String.class)
                .one();
    }

    /** The entries with these ids. */
    Map<String, Entry> find(Handle transaction, Collection<String> ids) {
        return transaction
                .createQuery("select * from entry where id = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> entry(row))
                .stream()
                .collect(Collectors.toMap(Entry::id, entry -> entry));
    }

    /** The entry of a corpus with this id. */
    Optional<Entry> find(Handle transaction, CorpusName corpus, Kind kind, String id) {
        return transaction
                .createQuery("select * from entry where id = :id and corpus = :corpus and kind = :kind")
                .bind("id", id)
                .bind("corpus", corpus.value())
                .bind("kind", kind.text())
                .map((row, context) -> entry(row))
                .findOne();
    }

    /** Ids of the active entries with these contents, by content. */
    Map<String, String> holders(Handle transaction, CorpusName corpus, Kind kind, Collection<String> hashes) {
        return transaction
                .createQuery("""
                        select content_hash, id from entry
                        where corpus = :corpus and kind = :kind and state = 'active' and content_hash = any(:hashes)
                        """)
                .bind("corpus", corpus.value())
                .bind("kind", kind.text())
                .bind("hashes", hashes.toArray(String[]::new))
                .map((row, context) -> Map.entry(row.getString("content_hash"), row.getString("id")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The first withheld entry with this content. */
    Optional<Entry> firstDuplicate(Handle transaction, CorpusName corpus, Kind kind, String hash) {
        return transaction
                .createQuery("""
                        select * from entry
                        where corpus = :corpus and kind = :kind and state = 'duplicate' and content_hash = :hash
                        order by sequence limit 1
                        """)
                .bind("corpus", corpus.value())
                .bind("kind", kind.text())
                .bind("hash", hash)
                .map((row, context) -> entry(row))
                .findOne();
    }

    /** Last sequence number given out; the corpus must be locked. */
    long lastSequence(Handle transaction, CorpusName corpus, Kind kind) {
        return transaction
                .createQuery("select coalesce(max(sequence), 0) from entry where corpus = :corpus and kind = :kind")
                .bind("corpus", corpus.value())
                .bind("kind", kind.text())
                .mapTo(Long.class)
                .one();
    }

    /** Writes entries; no two of them may have one id. */
    void save(Handle transaction, CorpusName corpus, Kind kind, List<Changed> changes) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into entry (id, corpus, kind, sequence, version, content_hash, state, duplicate_of, revision,
                                   superseded, reason)
                values (:id, :corpus, :kind, :sequence, :version, :hash, :state, :duplicateOf, :revision, :superseded,
                        :reason)
                on conflict (id) do update set
                    version = excluded.version, content_hash = excluded.content_hash, state = excluded.state,
                    duplicate_of = excluded.duplicate_of, revision = excluded.revision,
                    superseded = excluded.superseded, reason = excluded.reason, updated_at = clock_timestamp()
                """);
        for (Changed change : changes) {
            Entry entry = change.entry();
            batch.bind("id", entry.id())
                    .bind("corpus", corpus.value())
                    .bind("kind", kind.text())
                    .bind("sequence", entry.sequence())
                    .bind("version", entry.version())
                    .bind("hash", entry.contentHash())
                    .bind("state", entry.state().name().toLowerCase(Locale.ROOT))
                    .bind("duplicateOf", entry.duplicateOf())
                    .bind("revision", entry.revision())
                    .bind("superseded", entry.superseded().toArray(Long[]::new))
                    .bind("reason", change.reason())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    static Entry entry(ResultSet row) throws SQLException {
        Long[] superseded = (Long[]) row.getArray("superseded").getArray();
        return new Entry(
                row.getString("id"),
                row.getLong("sequence"),
                row.getString("version"),
                row.getString("content_hash"),
                Entry.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("duplicate_of"),
                row.getLong("revision"),
                Arrays.asList(superseded));
    }
}
