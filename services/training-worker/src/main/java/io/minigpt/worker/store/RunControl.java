package io.minigpt.worker.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What people asked of runs beyond doing them, as rows. */
@ApplicationScoped
class RunControl {

    /** A run's job. @param state of the platform's table @param lease number of the last lease */
    record RunRow(String state, long lease) {}

    /** The run's job, locked: whoever asks something of a run and whoever does it take turns. */
    Optional<RunRow> lock(Handle transaction, String runId) {
        return transaction
                .createQuery("select state, lease from job where id = :run for update")
                .bind("run", runId)
                .map((row, context) -> new RunRow(row.getString("state"), row.getLong("lease")))
                .findOne();
    }

    /** Asks that the run be held back. */
    void pause(Handle transaction, String runId, String reason) {
        transaction.createUpdate("""
                        insert into run_control (run_id, pause) values (:run, :reason)
                        on conflict (run_id) do update set pause = excluded.pause
                        """).bind("run", runId).bind("reason", reason).execute();
    }

    /** Why the run is to be held back, if it is. */
    Optional<String> pauseAsked(Handle transaction, String runId) {
        return transaction
                .createQuery("select pause from run_control where run_id = :run and pause is not null")
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
    }

    /** Asks that the run go on. @return whether it was to be held back */
    boolean goOn(Handle transaction, String runId) {
        return transaction
                        .createUpdate("update run_control set pause = null where run_id = :run and pause is not null")
                        .bind("run", runId)
                        .execute()
                == 1;
    }

    /** Notes that the run begins again after this lease. */
    void retried(Handle transaction, String runId, long lease) {
        transaction.createUpdate("""
                        insert into run_control (run_id, retried_lease) values (:run, :lease)
                        on conflict (run_id) do update set pause = null, retried_lease = excluded.retried_lease
                        """).bind("run", runId).bind("lease", lease).execute();
    }

    /** Last lease of the run before somebody asked for it again; 0 if nobody did. */
    long retriedLease(Handle transaction, String runId) {
        return transaction
                .createQuery("select retried_lease from run_control where run_id = :run")
                .bind("run", runId)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
