package io.minigpt.qageneration.store;

import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Handle;

/** Looks at passages that were given up. */
@ApplicationScoped
public class DeadLetterQueries {

    /** A raw reply of a teacher. */
    public record Reply(
            String callId,
            int attempt,
            String model,
            String text,
            long tokensIn,
            long tokensOut,
            long latencyMillis,
            int retries,
            Instant createdAt) {}

    /** A passage that was given up, with every reply about it; start and end are 0 if the whole document was. */
    public record Row(
            String id,
            String runId,
            String documentId,
            String documentVersion,
            int start,
            int end,
            String reason,
            Instant createdAt,

            @Schema(description = "The run that asked again")
            String replayRunId,

            List<Reply> replies) {}

    private final Database database;

    DeadLetterQueries(Database database) {
        this.database = database;
    }

    /** Passages given up before a time, newest first. @param runId only those of this run; empty for all */
    public List<Row> list(String runId, Instant before, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from dead_letter
                        where :run in ('', run_id) and created_at < :before
                        order by created_at desc, id limit :limit
                        """)
                .bind("run", runId)
                .bind("before", Timestamp.from(before))
                .bind("limit", limit)
                .map((row, context) -> row(handle, row))
                .list());
    }

    /** One passage that was given up. */
    public Optional<Row> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from dead_letter where id = :id")
                .bind("id", id)
                .map((row, context) -> row(transaction, row))
                .findOne();
    }

    private static Row row(Handle handle, ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("run_id"),
                row.getString("document_id"),
                row.getString("document_version"),
                row.getInt("passage_start"),
                row.getInt("passage_end"),
                row.getString("reason"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("replay_run_id"),
                replies(handle, (String[]) row.getArray("call_ids").getArray()));
    }

    private static List<Reply> replies(Handle handle, String[] callIds) {
        return handle.createQuery("select * from teacher_call where id = any(:ids) order by passage_start, attempt, id")
                .bind("ids", callIds)
                .map((row, context) -> new Reply(
                        row.getString("id"),
                        row.getInt("attempt"),
                        row.getString("model"),
                        row.getString("reply"),
                        row.getLong("tokens_in"),
                        row.getLong("tokens_out"),
                        row.getLong("latency_millis"),
                        row.getInt("retries"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
