package io.minigpt.corpus.store;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Corpora and how much they hold. */
@ApplicationScoped
public class CorpusStore {

    private static final String SELECT = """
            select c.name, c.created_at, coalesce(s.revision, 0) as revision,
                   count(*) filter (where e.state = 'active' and e.kind = 'document') as documents,
                   count(*) filter (where e.state = 'active' and e.kind = 'question') as questions,
                   count(*) filter (where e.state = 'duplicate') as duplicates,
                   count(*) filter (where e.state = 'retracted') as retracted
            from corpus c
            left join stream s on s.name = 'corpus/' || c.name
            left join entry e on e.corpus = c.name
            """;

    /**
     * A corpus.
     *
     * @param documents active documents
     * @param questions active curated questions
     * @param duplicates documents and questions withheld because an active one has the same content
     * @param retracted documents and questions taken back
     * @param revision number of the last change
     */
    public record Row(
            String name,
            long documents,
            long questions,
            long duplicates,
            long retracted,
            long revision,
            Instant createdAt) {}

    /** Active documents and questions. */
    record Counts(long documents, long questions) {}

    private final Database database;

    CorpusStore(Database database) {
        this.database = database;
    }

    /** Corpora after a name, in the order of their names. */
    public List<Row> list(String after, int limit) {
        return database.read(handle -> handle.createQuery(
                        SELECT + " where c.name > :after group by c.name, s.revision order by c.name limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    /** One corpus. @throws NotFoundException if there is none with this name */
    public Row get(String name) {
        return database.read(handle -> handle.createQuery(SELECT + " where c.name = :name group by c.name, s.revision")
                .bind("name", name)
                .map((row, context) -> row(row))
                .findOne()
                .orElseThrow(() -> new NotFoundException("corpus", name)));
    }

    Counts counts(Handle transaction, String name) {
        return transaction
                .createQuery("""
                        select count(*) filter (where kind = 'document') as documents,
                               count(*) filter (where kind = 'question') as questions
                        from entry where corpus = :name and state = 'active'
                        """)
                .bind("name", name)
                .map((row, context) -> new Counts(row.getLong("documents"), row.getLong("questions")))
                .one();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("name"),
                row.getLong("documents"),
                row.getLong("questions"),
                row.getLong("duplicates"),
                row.getLong("retracted"),
                row.getLong("revision"),
                row.getTimestamp("created_at").toInstant());
    }
}
