package io.minigpt.qageneration.store;

import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.statement.Query;

/** Looks at pairs. */
@ApplicationScoped
public class PairQueries {

    /** Which pairs: all that fit what is given, after a place in the order of document sequence, ordinal and id. */
    public record Filter(
            Optional<String> corpus,
            Optional<String> documentId,
            Optional<String> runId,
            Optional<String> state,
            Place after,
            int limit) {}

    /** A place in the order of pairs. */
    public record Place(long sequence, int ordinal, String id) {

        /** Before all pairs. */
        public static final Place START = new Place(-1, -1, "");
    }

    /** A pair. */
    public record Row(
            String id,
            String corpus,
            String documentId,
            String documentVersion,
            long documentSequence,
            int ordinal,
            int start,
            int end,
            String question,
            String answer,
            String promptVersion,
            String teacherVersion,
            String runId,
            String callId,
            String state,
            String reason,

            @Schema(description = "A person accepted or edited it: nothing takes its place")
            boolean kept,

            @Schema(description = "The teacher's question, if a person changed the pair")
            String asked,

            long revision) {}

    private final Database database;

    PairQueries(Database database) {
        this.database = database;
    }

    /** Pairs in the order of their documents. */
    public List<Row> list(Filter filter) {
        String conditions =
                filter.corpus().map(value -> " and corpus = :corpus").orElse("")
                        + filter.documentId()
                                .map(value -> " and document_id = :document")
                                .orElse("")
                        + filter.runId().map(value -> " and run_id = :run").orElse("")
                        + filter.state().map(value -> " and state = :state").orElse("");
        return database.read(handle -> {
            Query query = handle.createQuery(
                            "select * from pair where (sequence, ordinal, id) > (:sequence, :ordinal, :id)" + conditions
                                    + " order by sequence, ordinal, id limit :limit")
                    .bind("sequence", filter.after().sequence())
                    .bind("ordinal", filter.after().ordinal())
                    .bind("id", filter.after().id())
                    .bind("limit", filter.limit());
            filter.corpus().ifPresent(value -> query.bind("corpus", value));
            filter.documentId().ifPresent(value -> query.bind("document", value));
            filter.runId().ifPresent(value -> query.bind("run", value));
            filter.state().ifPresent(value -> query.bind("state", value));
            return query.map((row, context) -> row(row)).list();
        });
    }

    /** One pair. */
    public Optional<Row> find(String id) {
        return database.read(handle -> handle.createQuery("select * from pair where id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("corpus"),
                row.getString("document_id"),
                row.getString("document_version"),
                row.getLong("sequence"),
                row.getInt("ordinal"),
                row.getInt("passage_start"),
                row.getInt("passage_end"),
                row.getString("question"),
                row.getString("answer"),
                row.getString("prompt_version"),
                row.getString("teacher"),
                row.getString("run_id"),
                row.getString("call_id"),
                row.getString("state"),
                row.getString("reason"),
                row.getBoolean("kept"),
                row.getString("asked"),
                row.getLong("revision"));
    }
}
