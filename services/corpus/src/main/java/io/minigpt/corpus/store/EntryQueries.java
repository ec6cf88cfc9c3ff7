package io.minigpt.corpus.store;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Kind;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Looks at what a corpus holds. */
@ApplicationScoped
public class EntryQueries {

    /** Which entries of a corpus: those after a sequence number, in one state or with one id if given. */
    public record Filter(Optional<String> state, Optional<String> id, long after, int limit) {}

    /** A document without its text; {@code similarity} is null unless it is withheld as nearly the same as another. */
    public record DocumentRow(
            String id,
            String externalId,
            long sequence,
            String version,
            String state,
            String duplicateOf,
            Double similarity,
            String reason,
            String title,
            String url,
            long characters,
            long revision,
            Instant createdAt,
            Instant updatedAt) {}

    /** A document with its text, normalised and as it was sent. */
    public record DocumentText(
            @JsonUnwrapped DocumentRow document,
            String text,
            String original,
            @JsonRawValue String metadata) {}

    /** A curated question. */
    public record QuestionRow(
            String id,
            String externalId,
            long sequence,
            String version,
            String state,
            String duplicateOf,
            String reason,
            String question,
            String answer,
            String documentId,
            @JsonRawValue String metadata,
            long revision,
            Instant createdAt,
            Instant updatedAt) {}

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Database database;

    EntryQueries(Database database) {
        this.database = database;
    }

    /** Documents in the order of their sequence. */
    public List<DocumentRow> documents(CorpusName corpus, Filter filter) {
        String columns = "external_id, title, url, characters";
        return list(corpus, Kind.DOCUMENT, columns, filter, EntryQueries::document);
    }

    /** Questions in the order of their sequence. */
    public List<QuestionRow> questions(CorpusName corpus, Filter filter) {
        String columns = "external_id, question, answer, document_id, metadata";
        return list(corpus, Kind.QUESTION, columns, filter, EntryQueries::question);
    }

    /** One document. @throws NotFoundException if the corpus has none with this id */
    public DocumentText document(CorpusName corpus, String id) {
        return get(
                corpus,
                Kind.DOCUMENT,
                id,
                row -> new DocumentText(
                        document(row),
                        Optional.ofNullable(row.getString("normalised")).orElse(row.getString("original")),
                        row.getString("original"),
                        row.getString("metadata")));
    }

    /** One question. @throws NotFoundException if the corpus has none with this id */
    public QuestionRow question(CorpusName corpus, String id) {
        return get(corpus, Kind.QUESTION, id, EntryQueries::question);
    }

    private <T> List<T> list(CorpusName corpus, Kind kind, String columns, Filter filter, RowReader<T> reader) {
        String conditions = filter.state().map(state -> " and state = :state").orElse("")
                + filter.id().map(id -> " and id = :id").orElse("");
        return database.read(handle -> {
            exists(handle, corpus);
            Query query = handle.createQuery("select e.*, " + columns + " from entry e join " + kind.text()
                            + " using (id) where corpus = :corpus and kind = :kind and sequence > :after" + conditions
                            + " order by sequence limit :limit")
                    .bind("corpus", corpus.value())
                    .bind("kind", kind.text())
                    .bind("after", filter.after())
                    .bind("limit", filter.limit());
            filter.state().ifPresent(state -> query.bind("state", state));
            filter.id().ifPresent(id -> query.bind("id", id));
            return query.map((row, context) -> reader.read(row)).list();
        });
    }

    private <T> T get(CorpusName corpus, Kind kind, String id, RowReader<T> reader) {
        return database.read(handle -> handle.createQuery("select * from entry join " + kind.text()
                        + " using (id) where id = :id and corpus = :corpus and kind = :kind")
                .bind("id", id)
                .bind("corpus", corpus.value())
                .bind("kind", kind.text())
                .map((row, context) -> reader.read(row))
                .findOne()
                .orElseThrow(() -> new NotFoundException(kind.text(), id)));
    }

    private static void exists(Handle handle, CorpusName corpus) {
        boolean missing = handle.createQuery("select name from corpus where name = :name")
                .bind("name", corpus.value())
                .mapTo(String.class)
                .findOne()
                .isEmpty();
        if (missing) {
            throw new NotFoundException("corpus", corpus.value());
        }
    }

    private static DocumentRow document(ResultSet row) throws SQLException {
        return new DocumentRow(
                row.getString("id"),
                row.getString("external_id"),
                row.getLong("sequence"),
                row.getString("version"),
                row.getString("state"),
                row.getString("duplicate_of"),
                row.getObject("similarity", Double.class),
                row.getString("reason"),
                row.getString("title"),
                row.getString("url"),
                row.getLong("characters"),
                row.getLong("revision"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static QuestionRow question(ResultSet row) throws SQLException {
        return new QuestionRow(
                row.getString("id"),
                row.getString("external_id"),
                row.getLong("sequence"),
                row.getString("version"),
                row.getString("state"),
                row.getString("duplicate_of"),
                row.getString("reason"),
                row.getString("question"),
                row.getString("answer"),
                row.getString("document_id"),
                row.getString("metadata"),
                row.getLong("revision"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
