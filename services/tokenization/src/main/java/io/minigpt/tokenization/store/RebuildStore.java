package io.minigpt.tokenization.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.tokenization.FileProof;
import io.minigpt.tokenization.Rebuild;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rebuilds and what they found. */
@ApplicationScoped
public class RebuildStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    public void add(Handle transaction, String id, String name, int version) {
        transaction
                .createUpdate("insert into rebuild_run (id, name, version) values (:id, :name, :version)")
                .bind("id", id)
                .bind("name", name)
                .bind("version", version)
                .execute();
    }

    /** A rebuild; one that has not ended has the state of its job. */
    public Optional<Rebuild> find(Handle transaction, String id) {
        return transaction
                .createQuery("""
                        select rebuild_run.*, coalesce(outcome, job.state) as current
                        from rebuild_run left join job on job.id = rebuild_run.id where rebuild_run.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    public void finish(Handle transaction, String id, String outcome, String reason, List<FileProof> files) {
        transaction
                .createUpdate("""
                        update rebuild_run set outcome = :outcome, reason = :reason, files = :files::jsonb,
                                               finished_at = clock_timestamp()
                        where id = :id
                        """)
                .bind("id", id)
                .bind("outcome", outcome)
                .bind("reason", reason)
                .bind("files", json(files))
                .execute();
    }

    private static Rebuild read(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        List<FileProof> files = files(row.getString("files"));
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Rebuild(
                row.getString("id"),
                row.getString("name"),
                row.getInt("version"),
                "leased".equals(row.getString("current")) ? "running" : row.getString("current"),
                row.getString("reason"),
                outcome == null
                        ? null
                        : outcome.equals("succeeded") && files.stream().allMatch(FileProof::holds),
                files,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant());
    }

    private static String json(List<FileProof> files) {
        try {
            return JSON.writeValueAsString(files);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings are always JSON", e);
        }
    }

    private static List<FileProof> files(String json) throws SQLException {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new SQLException("files of a rebuild are unreadable: " + json, e);
        }
    }
}
