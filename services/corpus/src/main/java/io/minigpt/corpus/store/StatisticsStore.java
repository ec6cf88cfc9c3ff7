package io.minigpt.corpus.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What corpora are made of, counted when somebody asks and kept until the corpus changes. While a big one changes,
 * counting may take a tenth of the time: the answer says when it was counted.
 */
@ApplicationScoped
public class StatisticsStore {

    /** What takes longer to count is not counted after each change. */
    private static final int LONG_MILLIS = 200;

    private static final int SHARE = 10;

    /** @param goodEnough whether nothing has changed since, or it is too early to count again */
    private record Kept(CorpusContent content, boolean goodEnough) {}

    private final Database database;
    private final ObjectMapper json;

    StatisticsStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What a corpus is made of; of one that there is not, nothing. */
    public CorpusContent of(String corpus) {
        Optional<Kept> kept = database.read(handle -> kept(handle, corpus));
        return kept.filter(Kept::goodEnough)
                .map(Kept::content)
                .orElseGet(() -> database.transact(transaction -> {
                    boolean alone = transaction
                            .createQuery("select pg_try_advisory_xact_lock(hashtext('statistics'), hashtext(:corpus))")
                            .bind("corpus", corpus)
                            .mapTo(Boolean.class)
                            .one();
                    return alone || kept.isEmpty()
                            ? count(transaction, corpus)
                            : kept.get().content();
                }));
    }

    private Optional<Kept> kept(Handle handle, String corpus) {
        return handle.createQuery("""
                        select content,
                               corpus_statistics.changes = corpus.changes
                               or took_millis > :long
                                  and counted_at > clock_timestamp() - :share * took_millis * interval '1 millisecond'
                                   as good_enough
                        from corpus_statistics join corpus on corpus.name = corpus_statistics.corpus
                        where corpus.name = :corpus
                        """)
                .bind("corpus", corpus)
                .bind("long", LONG_MILLIS)
                .bind("share", SHARE)
                .map((row, context) -> new Kept(read(row), row.getBoolean("good_enough")))
                .findOne();
    }

    private CorpusContent count(Handle transaction, String corpus) {
        long changes = transaction
                .createQuery("select coalesce(max(changes), 0) from corpus where name = :corpus")
                .bind("corpus", corpus)
                .mapTo(Long.class)
                .one();
        Instant start = Instant.now();
        CorpusContent content = ContentCount.of(transaction, corpus);
        transaction
                .createUpdate("""
                        insert into corpus_statistics (corpus, changes, content, took_millis, counted_at)
                        select name, :changes, :content::jsonb, :took, :at::timestamptz from corpus where name = :corpus
                        on conflict (corpus) do update
                            set changes = excluded.changes, content = excluded.content,
                                took_millis = excluded.took_millis, counted_at = excluded.counted_at
                            where excluded.changes >= corpus_statistics.changes
                        """)
                .bind("corpus", corpus)
                .bind("changes", changes)
                .bind("content", write(content))
                .bind("took", Duration.between(start, Instant.now()).toMillis())
                .bind("at", content.statistics().countedAt())
                .execute();
        return content;
    }

    private CorpusContent read(ResultSet row) throws SQLException {
        try {
            return json.readValue(row.getString("content"), CorpusContent.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("the statistics of a corpus cannot be read", e);
        }
    }

    private String write(CorpusContent content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and times are always JSON", e);
        }
    }
}
