package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.EvaluationRun;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Evaluations as rows. */
@ApplicationScoped
public class EvaluationRunStore {

    /** The run. */
    public Optional<EvaluationRun> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from evaluation_run where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Runs, newest first, after a cursor (the id of a run; null for the start). */
    public List<EvaluationRun> newest(Handle transaction, String cursor, int limit) {
        return transaction
                .createQuery("""
                        select * from evaluation_run
                        where cast(:cursor as text) is null
                           or (created_at, id) < (select created_at, id from evaluation_run where id = :cursor)
                        order by created_at desc, id desc limit :limit
                        """)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** Notes a request; a run that is known already keeps what is known of it. */
    public void requested(Handle transaction, EvaluationRequested request) {
        EvaluationRun run = EvaluationRun.of(request, Columns.now(transaction));
        if (!add(transaction, run)) {
            transaction
                    .createUpdate("update evaluation_run set requested = :requested where id = :id")
                    .bind("id", run.id())
                    .bind("requested", request.toByteArray())
                    .execute();
        }
    }

    /** Changes a run, which begins to be known by this if it was not before. */
    public void change(Handle transaction, String id, UnaryOperator<EvaluationRun> change) {
        add(transaction, EvaluationRun.unknown(id, Columns.now(transaction)));
        EvaluationRun before = transaction
                .createQuery("select * from evaluation_run where id = :id for update")
                .bind("id", id)
                .map((row, context) -> run(row))
                .one();
        EvaluationRun after = change.apply(before);
        Columns.bind(
                        transaction
                                .createUpdate("""
                                        update evaluation_run set state = :state, reason = :reason,
                                               started_at = :startedAt,
                                               finished_at = :finishedAt, started = :started, finished = :finished,
                                               progressed = :progressed
                                        where id = :id
                                        """)
                                .bind("id", id)
                                .bind("started", after.started().toByteArray())
                                .bind("finished", after.finished().toByteArray())
                                .bind("progressed", after.progressed().toByteArray()),
                        after.state())
                .execute();
    }

    private static boolean add(Handle transaction, EvaluationRun run) {
        return Columns.bind(
                                transaction
                                        .createUpdate("""
                                                insert into evaluation_run (id, state, reason, created_at, started_at,
                                                    finished_at, requested, started, progressed, finished)
                                                values (:id, :state, :reason, :created, :startedAt, :finishedAt,
                                                    :requested, :started, :progressed, :finished)
                                                on conflict (id) do nothing
                                                """)
                                        .bind("id", run.id())
                                        .bind("created", run.createdAt())
                                        .bind("requested", run.requested().toByteArray())
                                        .bind("started", run.started().toByteArray())
                                        .bind("finished", run.finished().toByteArray())
                                        .bind("progressed", run.progressed().toByteArray()),
                                run.state())
                        .execute()
                == 1;
    }

    private static EvaluationRun run(ResultSet row) throws SQLException {
        return new EvaluationRun(
                row.getString("id"),
                Columns.instant(row, "created_at").orElseThrow(),
                Columns.state(row),
                Columns.message(row.getBytes("requested"), EvaluationRequested.getDefaultInstance()),
                Columns.message(row.getBytes("started"), EvaluationStarted.getDefaultInstance()),
                Columns.message(row.getBytes("progressed"), EvaluationProgressed.getDefaultInstance()),
                Columns.message(row.getBytes("finished"), EvaluationFinished.getDefaultInstance()));
    }
}
