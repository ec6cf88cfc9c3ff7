package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.RunTransition;
import io.minigpt.orchestrator.WorkerRun;
import io.minigpt.platform.database.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What happened to training runs and evaluations, as rows. */
@ApplicationScoped
public class RunHistory {

    /** Notes where a run has come to. @param reason empty for that of its state */
    void add(Handle transaction, WorkerRun run, String reason) {
        transaction
                .createUpdate("insert into run_transition (run_id, state, lease, reason)"
                        + " values (:run, :state, :lease, :reason)")
                .bind("run", run.id())
                .bind("state", run.state().label())
                .bind("lease", run.lease())
                .bind("reason", reason.isEmpty() ? run.state().reason().orElse(null) : reason)
                .execute();
    }

    /** All of a run, the oldest first. */
    public List<RunTransition> of(Handle transaction, String runId) {
        return transaction
                .createQuery("select * from run_transition where run_id = :run order by id")
                .bind("run", runId)
                .map((row, context) -> new RunTransition(
                        row.getString("state"),
                        row.getLong("lease"),
                        row.getString("reason"),
                        Columns.instant(row, "at")))
                .list();
    }
}
