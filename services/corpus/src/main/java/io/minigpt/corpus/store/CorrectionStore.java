package io.minigpt.corpus.store;

import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Flagged answers that wait to be corrected. */
@ApplicationScoped
public class CorrectionStore {

    /** A flagged answer. */
    public record Row(
            String flagId,
            String model,
            int version,
            String prompt,
            String answer,
            double temperature,
            String reason,
            Instant flaggedAt) {}

    private final Database database;

    CorrectionStore(Database database) {
        this.database = database;
    }

    /** Keeps a flagged answer; one that is known stays as it is. */
    public void add(Handle transaction, Row correction) {
        transaction
                .createUpdate("""
                        insert into correction (flag_id, model, version, prompt, answer, temperature, reason, flagged_at)
                        values (:flagId, :model, :version, :prompt, :answer, :temperature, :reason, :flaggedAt)
                        on conflict (flag_id) do nothing
                        """)
                .bind("flagId", correction.flagId())
                .bind("model", correction.model())
                .bind("version", correction.version())
                .bind("prompt", correction.prompt())
                .bind("answer", correction.answer())
                .bind("temperature", correction.temperature())
                .bind("reason", correction.reason())
                .bind("flaggedAt", Timestamp.from(correction.flaggedAt()))
                .execute();
    }

    /** Corrections before a time, newest first; of one time those after an id. */
    public List<Row> list(Instant before, String afterId, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from correction
                        where flagged_at < :before or flagged_at = :before and flag_id > :afterId
                        order by flagged_at desc, flag_id limit :limit
                        """)
                .bind("before", Timestamp.from(before))
                .bind("afterId", afterId)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("flag_id"),
                row.getString("model"),
                row.getInt("version"),
                row.getString("prompt"),
                row.getString("answer"),
                row.getDouble("temperature"),
                row.getString("reason"),
                row.getTimestamp("flagged_at").toInstant());
    }
}
