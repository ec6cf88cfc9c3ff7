package io.minigpt.corpus.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
            select c.name, c.created_at, coalesce(s.revision, 0) as revision
            from corpus c left join stream s on s.name = 'corpus/' || c.name
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

    /** A corpus with more of what it is made of. */
    public record Described(@JsonUnwrapped Row corpus, CorpusContent.Statistics statistics) {}

    /** Active documents and questions. */
    record Counts(long documents, long questions) {}

    private record Named(String name, Instant createdAt, long revision) {}

    private final Database database;
    private final StatisticsStore statistics;

    CorpusStore(Database database, StatisticsStore statistics) {
        this.database = database;
        this.statistics = statistics;
    }

    /** Corpora after a name, in the order of their names. */
    public List<Row> list(String after, int limit) {
        List<Named> corpora = database.read(
                handle -> handle.createQuery(SELECT + " where c.name > :after order by c.name limit :limit")
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, context) -> named(row))
                        .list());
        return corpora.stream()
                .map(corpus -> row(corpus, statistics.of(corpus.name())))
                .toList();
    }

    /** One corpus with what it is made of. @throws NotFoundException if there is none with this name */
    public Described get(String name) {
        Named corpus = database.read(handle -> handle.createQuery(SELECT + " where c.name = :name")
                .bind("name", name)
                .map((row, context) -> named(row))
                .findOne()
                .orElseThrow(() -> new NotFoundException("corpus", name)));
        CorpusContent content = statistics.of(name);
        return new Described(row(corpus, content), content.statistics());
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

    private static Named named(ResultSet row) throws SQLException {
        return new Named(row.getString("name"), row.getTimestamp("created_at").toInstant(), row.getLong("revision"));
    }

    private static Row row(Named corpus, CorpusContent content) {
        return new Row(
                corpus.name(),
                content.documents(),
                content.questions(),
                content.duplicates(),
                content.retracted(),
                corpus.revision(),
                corpus.createdAt());
    }
}
