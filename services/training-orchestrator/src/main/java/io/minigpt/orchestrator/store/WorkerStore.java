package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.KnownWorker;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.WorkerReported;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the workers say of themselves, as rows. */
@ApplicationScoped
public class WorkerStore {

    /** Notes what a worker says, unless it has said something newer; forgets those that were silent for a day. */
    public void reported(Handle transaction, WorkerReported report) {
        Instant at = Instant.ofEpochSecond(
                report.getReportedAt().getSeconds(), report.getReportedAt().getNanos());
        transaction
                .createUpdate("""
                        insert into worker (name, device, dtype, engine, memory_bytes, run_id, seen_at)
                        values (:name, :device, :dtype, :engine, :memory, :run, :at)
                        on conflict (name) do update set
                            device = excluded.device, dtype = excluded.dtype, engine = excluded.engine,
                            memory_bytes = excluded.memory_bytes, run_id = excluded.run_id, seen_at = excluded.seen_at
                        where excluded.seen_at > worker.seen_at
                        """)
                .bind("name", report.getWorker())
                .bind("device", report.getDevice())
                .bind("dtype", report.getDtype())
                .bind("engine", report.getEngine())
                .bind("memory", report.getMemoryBytes())
                .bind("run", report.getRunId())
                .bind("at", at)
                .execute();
        transaction.execute("delete from worker where seen_at < clock_timestamp() - interval '1 day'");
    }

    /** All that have reported within a day, by name. */
    public List<KnownWorker> all(Handle transaction) {
        return transaction
                .createQuery("select * from worker order by name")
                .map((row, context) -> new KnownWorker(
                        row.getString("name"),
                        row.getString("device"),
                        row.getString("dtype"),
                        row.getString("engine"),
                        row.getLong("memory_bytes"),
                        row.getString("run_id"),
                        Columns.instant(row, "seen_at")))
                .list();
    }
}
