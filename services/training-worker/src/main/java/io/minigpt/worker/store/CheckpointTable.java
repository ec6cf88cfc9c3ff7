package io.minigpt.worker.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.worker.RunTotals;
import io.minigpt.worker.StoredCheckpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements on checkpoint rows. */
final class CheckpointTable {

    private CheckpointTable() {}

    /** All of a run, in ascending order of step. */
    static List<StoredCheckpoint> of(Handle transaction, String runId) {
        return transaction
                .createQuery("select * from checkpoint where run_id = :run order by step")
                .bind("run", runId)
                .map((row, context) -> checkpoint(row))
                .list();
    }

    /** Adds one, in the place of an earlier one of the same step. */
    static void put(Handle transaction, String runId, StoredCheckpoint checkpoint) {
        delete(transaction, runId, checkpoint);
        RunTotals totals = checkpoint.totals();
        transaction
                .createUpdate("""
                        insert into checkpoint (run_id, step, lease, content, scheduled, validated,
                            first_loss, last_loss, interval_loss, interval_steps, duration_nanos)
                        values (:run, :step, :lease, :content, :scheduled, :validated,
                            :firstLoss, :lastLoss, :intervalLoss, :intervalSteps, :duration)
                        """)
                .bind("run", runId)
                .bind("step", checkpoint.step())
                .bind("lease", checkpoint.lease())
                .bind("content", checkpoint.content().toByteArray())
                .bind("scheduled", checkpoint.scheduled())
                .bind("validated", checkpoint.validated())
                .bind("firstLoss", totals.firstLoss())
                .bind("lastLoss", totals.lastLoss())
                .bind("intervalLoss", totals.intervalLoss())
                .bind("intervalSteps", totals.intervalSteps())
                .bind("duration", totals.duration().toNanos())
                .execute();
    }

    static void delete(Handle transaction, String runId, StoredCheckpoint checkpoint) {
        transaction
                .createUpdate("delete from checkpoint where run_id = :run and step = :step")
                .bind("run", runId)
                .bind("step", checkpoint.step())
                .execute();
    }

    private static StoredCheckpoint checkpoint(ResultSet row) throws SQLException {
        try {
            return new StoredCheckpoint(
                    row.getLong("lease"),
                    Checkpoint.parseFrom(row.getBytes("content")),
                    row.getBoolean("scheduled"),
                    row.getBoolean("validated"),
                    new RunTotals(
                            row.getDouble("first_loss"),
                            row.getDouble("last_loss"),
                            row.getDouble("interval_loss"),
                            row.getLong("interval_steps"),
                            Duration.ofNanos(row.getLong("duration_nanos"))));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the content of a checkpoint row is damaged", e);
        }
    }
}
