package io.minigpt.teacher.calls;

import io.minigpt.platform.database.Database;
import io.minigpt.teacher.CallFailures;
import io.minigpt.teacher.TeacherException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Calls of runs that brought no reply (table {@code failed_call}): counted by reason and status, so that a run has a few
 * rows however often its teacher fails. What an endpoint said stays out: it may quote what it was asked.
 */
@ApplicationScoped
public class FailedCalls {

    /**
     * Calls of a run that failed alike.
     *
     * @param reason rate-limited, server-error, timeout, cut, unreachable, unauthorized, not-found or bad-request
     * @param status HTTP status; null when none arrived
     * @param calls how many
     * @param lastAt when the last one failed
     */
    public record Failure(String reason, Integer status, long calls, Instant lastAt) {}

    private final Database database;

    FailedCalls(Database database) {
        this.database = database;
    }

    /** Does something for a run that asks teachers, and counts what fails on the way. */
    public <T, X extends Throwable> T counting(String runId, ScopedValue.CallableOp<? extends T, X> work) throws X {
        return CallFailures.heardBy(failure -> note(runId, failure), work);
    }

    /** Of a run, the most frequent first. */
    public List<Failure> of(String runId) {
        return database.read(handle -> handle.createQuery(
                        "select * from failed_call where run_id = :run order by calls desc, reason, status")
                .bind("run", runId)
                .map((row, context) -> new Failure(
                        row.getString("reason"),
                        row.getInt("status") == 0 ? null : row.getInt("status"),
                        row.getLong("calls"),
                        row.getObject("last_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    private void note(String runId, TeacherException failure) {
        database.singly(handle -> handle.createUpdate("""
                        insert into failed_call (run_id, reason, status, calls, last_at)
                        values (:run, :reason, :status, 1, clock_timestamp())
                        on conflict (run_id, reason, status) do update
                            set calls = failed_call.calls + 1, last_at = excluded.last_at
                        """)
                .bind("run", runId)
                .bind("reason", failure.reason())
                .bind("status", failure.status().orElse(0))
                .execute());
    }
}
