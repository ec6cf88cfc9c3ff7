package io.minigpt.corpus.store;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.platform.database.BulkInsert;
import io.minigpt.platform.database.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of what a corpus holds, without the content. */
@ApplicationScoped
class EntryStore {

    private static final List<String> COLUMNS = List.of(
            "id",
            "corpus",
            "kind",
            "sequence",
            "version",
            "content_hash",
            "state",
            "duplicate_of",
            "similarity",
            "revision",
            "superseded",
            "reason");

    /** An entry with the reason of its state. */
    record Changed(Entry entry, String reason) {}

    /** Creates the corpus if it is new. */
    void create(Handle transaction, CorpusName corpus) {
        transaction
                .createUpdate("insert into corpus (name) values (:name) on conflict do nothing")
                .bind("name", corpus.value())
                .execute();
    }

    /** Creates the corpus if it is new, and locks it until the transaction ends. */
    void lock(Handle transaction, CorpusName corpus) {
        create(transaction, corpus);
        transaction
                .createUpdate("update corpus set changes = changes + 1 where name = :name")
                .bind("name", corpus.value())
                .execute();
    }

    // "offset 0" below makes one look into an index of each wanted value, whatever the planner believes: in a table
    // that has grown since it was last analysed it prefers to read all rows

    /** The entries with these ids. */
    Map<String, Entry> find(Handle transaction, Collection<String> ids) {
        return transaction
                .createQuery("""
                        select e.* from (select distinct unnest(:ids::text[]) as id) wanted
                        cross join lateral (select * from entry where id = wanted.id offset 0) e
                        """)
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
                        select e.content_hash, e.id from (select distinct unnest(:hashes::text[]) as hash) wanted
                        cross join lateral (select content_hash, id, corpus, kind from entry
                                            where content_hash = wanted.hash and state = 'active' offset 0) e
                        where e.corpus = :corpus and e.kind = :kind
                        """)
                .bind("corpus", corpus.value())
                .bind("kind", kind.text())
                .bind("hashes", hashes.toArray(String[]::new))
                .map((row, context) -> Map.entry(row.getString("content_hash"), row.getString("id")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The first entry that is withheld because it has this content. */
    Optional<Entry> firstDuplicate(Handle transaction, CorpusName corpus, Kind kind, String hash) {
        return transaction
                .createQuery("""
                        select * from entry
                        where corpus = :corpus and kind = :kind and state = 'duplicate' and content_hash = :hash
                          and similarity is null
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

    /** Entries after a sequence number that are withheld because they are nearly the same as this one, in order. */
    List<Entry> nearDuplicates(Handle transaction, String id, long after, int limit) {
        return transaction
                .createQuery("""
                        select * from entry
                        where duplicate_of = :id and similarity is not null and sequence > :after
                        order by sequence limit :limit
                        """)
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    /** Writes new entries. */
    void insert(Handle transaction, CorpusName corpus, Kind kind, List<Changed> changes) {
        BulkInsert.insert(transaction, "entry", COLUMNS, changes, (row, change) -> {
            Entry entry = change.entry();
            row.text(entry.id())
                    .text(corpus.value())
                    .text(kind.text())
                    .number(entry.sequence())
                    .text(entry.version())
                    .text(entry.contentHash())
                    .text(state(entry))
                    .text(entry.duplicateOf())
                    .real(entry.similarity())
                    .number(entry.revision())
                    .numbers(entry.superseded())
                    .text(change.reason());
        });
    }

    /** Writes entries that are there; no two of them may have one id. */
    void update(Handle transaction, List<Changed> changes) {
        if (changes.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.prepareBatch("""
                update entry set version = :version, content_hash = :hash, state = :state, duplicate_of = :duplicateOf,
                                 similarity = :similarity, revision = :revision, superseded = :superseded,
                                 reason = :reason, updated_at = clock_timestamp()
                where id = :id
                """);
        for (Changed change : changes) {
            Entry entry = change.entry();
            OptionalDouble similarity = entry.similarity();
            batch.bind("id", entry.id())
                    .bind("version", entry.version())
                    .bind("hash", entry.contentHash())
                    .bind("state", state(entry))
                    .bind("duplicateOf", entry.duplicateOf())
                    .bind("similarity", similarity.isPresent() ? similarity.getAsDouble() : null)
                    .bind("revision", entry.revision())
                    .bind("superseded", entry.superseded().toArray(Long[]::new))
                    .bind("reason", change.reason())
                    .add();
        }
        batch.execute();
    }

    private static String state(Entry entry) {
        return entry.state().name().toLowerCase(Locale.ROOT);
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
                Columns.optionalDouble(row, "similarity"),
                row.getLong("revision"),
                Arrays.asList(superseded));
    }
}
