package io.minigpt.augmentation.store;

import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Run;
import io.minigpt.augmentation.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs. */
@ApplicationScoped
class RunStore {

    /** Adds a run unless one with its id is there. @return whether it is new */
    boolean add(Handle transaction, Run run) {
        return transaction
                        .createUpdate("""
                                insert into run (id, corpus, sources, variants, prompt_version, teacher,
                                                 teacher_version, state, reason, correlation_id, causation_id)
                                values (:id, :corpus, :sources, :variants, :promptVersion, :teacher,
                                        :teacherVersion, :state, :reason, :correlation, :causation)
                                on conflict (id) do nothing
                                """)
                        .bind("id", run.id())
                        .bind("corpus", run.corpus())
                        .bind(
                                "sources",
                                run.sources().stream().map(ParentSource::text).toArray(String[]::new))
                        .bind("variants", run.variants())
                        .bind("promptVersion", run.promptVersion())
                        .bind("teacher", run.teacher())
                        .bind("teacherVersion", run.teacherVersion())
                        .bind("state", run.state().name())
                        .bind("reason", run.state().reason())
                        .bind("correlation", run.correlationId())
                        .bind("causation", run.causationId())
                        .execute()
                == 1;
    }

    /** A run, locked until the transaction ends. */
    Optional<Run> lock(Handle transaction, String id) {
        return transaction
                .createQuery("select * from run where id = :id for update")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** A run. */
    Optional<Run> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from run where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Runs asked for before a time, newest first. */
    List<Run> newest(Handle transaction, Instant before, int limit) {
        return transaction
                .createQuery("select * from run where created_at < :before order by created_at desc, id limit :limit")
                .bind("before", Timestamp.from(before))
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** Notes that a run started. */
    void start(Handle transaction, Run run) {
        transaction
                .createUpdate("update run set state = :state, started_at = clock_timestamp() where id = :id")
                .bind("state", run.state().name())
                .bind("id", run.id())
                .execute();
    }

    /** Notes how a run ended. @param output revision of its variant stream */
    void end(Handle transaction, Run run, long output) {
        transaction
                .createUpdate("""
                        update run set state = :state, reason = :reason, output = :output,
                                       finished_at = clock_timestamp()
                        where id = :id
                        """)
                .bind("state", run.state().name())
                .bind("reason", run.state().reason())
                .bind("output", output)
                .bind("id", run.id())
                .execute();
    }

    /** Whether it is time to tell of progress again; if so, that is noted. */
    boolean progressDue(Handle transaction, String id, Duration every) {
        return transaction
                        .createUpdate("""
                                update run set progressed_at = clock_timestamp()
                                where id = :id
                                  and coalesce(progressed_at, started_at)
                                      < clock_timestamp() - :every * interval '1 millisecond'
                                """)
                        .bind("id", id)
                        .bind("every", every.toMillis())
                        .execute()
                == 1;
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("corpus"),
                Arrays.stream((String[]) row.getArray("sources").getArray())
                        .map(ParentSource::of)
                        .toList(),
                row.getInt("variants"),
                row.getString("prompt_version"),
                row.getString("teacher"),
                row.getString("teacher_version"),
                RunState.of(row.getString("state"), row.getString("reason")),
                row.getObject("output", Long.class),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                instant(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
