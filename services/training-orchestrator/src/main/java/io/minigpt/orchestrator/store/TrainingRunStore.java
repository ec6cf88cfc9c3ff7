package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.TrainingRun;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Training runs as rows. */
@ApplicationScoped
public class TrainingRunStore {

    /** The run. */
    public Optional<TrainingRun> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from training_run where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Runs, newest first, after a cursor (the id of a run; null for the start). */
    public List<TrainingRun> newest(Handle transaction, String cursor, int limit) {
        return transaction
                .createQuery("""
                        select * from training_run
                        where cast(:cursor as text) is null
                           or (created_at, id) < (select created_at, id from training_run where id = :cursor)
                        order by created_at desc, id desc limit :limit
                        """)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** Notes a request; a run that is known already keeps what is known of it. */
    public void requested(Handle transaction, TrainingRequested request) {
        TrainingRun run = TrainingRun.of(request, Columns.now(transaction));
        if (!add(transaction, run)) {
            transaction
                    .createUpdate("update training_run set requested = :requested where id = :id")
                    .bind("id", run.id())
                    .bind("requested", request.toByteArray())
                    .execute();
        }
    }

    /** Changes a run, which begins to be known by this if it was not before. */
    public void change(Handle transaction, String id, UnaryOperator<TrainingRun> change) {
        add(transaction, TrainingRun.unknown(id, Columns.now(transaction)));
        TrainingRun before = transaction
                .createQuery("select * from training_run where id = :id for update")
                .bind("id", id)
                .map((row, context) -> run(row))
                .one();
        TrainingRun after = change.apply(before);
        Columns.bind(
                        transaction
                                .createUpdate("""
                                        update training_run set state = :state, reason = :reason,
                                               started_at = :startedAt,
                                               finished_at = :finishedAt, started = :started, finished = :finished,
                                               version = :version
                                        where id = :id
                                        """)
                                .bind("id", id)
                                .bind("started", after.started().toByteArray())
                                .bind("finished", after.finished().toByteArray())
                                .bind("version", after.version()),
                        after.state())
                .execute();
    }

    private static boolean add(Handle transaction, TrainingRun run) {
        return Columns.bind(
                                transaction
                                        .createUpdate("""
                                                insert into training_run (id, state, reason, created_at, started_at,
                                                    finished_at, requested, started, finished, version)
                                                values (:id, :state, :reason, :created, :startedAt, :finishedAt,
                                                    :requested, :started, :finished, :version)
                                                on conflict (id) do nothing
                                                """)
                                        .bind("id", run.id())
                                        .bind("created", run.createdAt())
                                        .bind("requested", run.requested().toByteArray())
                                        .bind("started", run.started().toByteArray())
                                        .bind("finished", run.finished().toByteArray())
                                        .bind("version", run.version()),
                                run.state())
                        .execute()
                == 1;
    }

    private static TrainingRun run(ResultSet row) throws SQLException {
        return new TrainingRun(
                row.getString("id"),
                Columns.instant(row, "created_at").orElseThrow(),
                Columns.state(row),
                Columns.message(row.getBytes("requested"), TrainingRequested.getDefaultInstance()),
                Columns.message(row.getBytes("started"), TrainingStarted.getDefaultInstance()),
                Columns.message(row.getBytes("finished"), TrainingFinished.getDefaultInstance()),
                row.getInt("version"));
    }
}
