package io.minigpt.tokenization.store;

import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.FreezeState;
import io.minigpt.tokenization.Purpose;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Requests to freeze, and how far they are. Their inputs are with their jobs. */
@ApplicationScoped
public class FreezeStore {

    /** Notes a request. @return false if one with its id was noted before */
    public boolean add(Handle transaction, Freeze freeze) {
        return transaction
                        .createUpdate("""
                                insert into freeze_run (run_id, name, kind, corpus, max_generated, curated_repeat,
                                                    requested_by, reason, selection)
                                values (:run, :name, :kind, :corpus, :max, :repeat, :by, :reason, :selection::jsonb)
                                on conflict do nothing
                                """)
                        .bind("run", freeze.runId())
                        .bind("name", freeze.name())
                        .bind("kind", freeze.purpose().text())
                        .bind("corpus", freeze.selection().corpus())
                        .bind("max", freeze.selection().maxGenerated())
                        .bind("repeat", freeze.selection().curatedRepeat())
                        .bind("by", freeze.requestedBy())
                        .bind("reason", freeze.reason())
                        .bind("selection", Selections.json(freeze.selection()))
                        .execute()
                == 1;
    }

    public Optional<FreezeState> find(Handle transaction, String runId) {
        return transaction
                .createQuery("select * from freeze_run where run_id = :run")
                .bind("run", runId)
                .map((row, context) -> state(row))
                .findOne();
    }

    /** Notes how many entries are written of how many. */
    public void progress(Handle transaction, String runId, long total, long done) {
        transaction
                .createUpdate("update freeze_run set records_total = :total, records_done = :done where run_id = :run")
                .bind("run", runId)
                .bind("total", total)
                .bind("done", done)
                .execute();
    }

    /** Notes the end. @param version number of the version; null unless it succeeded */
    public void finish(Handle transaction, String runId, String outcome, String reason, Integer version) {
        transaction
                .createUpdate("""
                        update freeze_run set outcome = :outcome, outcome_reason = :reason, version = :version,
                                          finished_at = clock_timestamp()
                        where run_id = :run
                        """)
                .bind("run", runId)
                .bind("outcome", outcome)
                .bind("reason", reason)
                .bind("version", version)
                .execute();
    }

    private static FreezeState state(ResultSet row) throws SQLException {
        Freeze freeze = new Freeze(
                row.getString("run_id"),
                row.getString("name"),
                Purpose.of(row.getString("kind")),
                Selections.read(row),
                List.of(),
                row.getString("requested_by"),
                row.getString("reason"));
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new FreezeState(
                freeze,
                row.getLong("records_total"),
                row.getLong("records_done"),
                row.getString("outcome"),
                row.getString("outcome_reason"),
                row.getObject("version", Integer.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant());
    }
}
