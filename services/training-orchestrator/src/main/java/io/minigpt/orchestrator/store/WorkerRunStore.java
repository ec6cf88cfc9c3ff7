package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.WorkerRun;
import io.minigpt.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Runs of one kind as rows of their table, which has columns of its own. */
abstract class WorkerRunStore<R extends WorkerRun> {

    private final String table;
    private final List<String> columns;
    private final RunHistory history;

    WorkerRunStore(RunHistory history, String table, String... columns) {
        this.history = history;
        this.table = table;
        this.columns = List.of(columns);
    }

    /** The run in a row. */
    abstract R run(ResultSet row) throws SQLException;

    /** A run of which only the id is known. */
    abstract R unknown(String id, Instant at);

    /** The values of the columns that only this kind has, in their order. */
    abstract List<Object> own(R run);

    /** The run. */
    public Optional<R> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from " + table + " where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Runs, newest first, after a cursor (the id of a run; empty for the start). */
    public List<R> newest(Handle transaction, String cursor, int limit) {
        return transaction
                .createQuery("""
                        select * from %1$s
                        where :cursor = '' or (created_at, id) < (select created_at, id from %1$s where id = :cursor)
                        order by created_at desc, id desc limit :limit
                        """.formatted(table))
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** Runs in a state, given by its label. */
    List<R> in(Handle transaction, String state) {
        return transaction
                .createQuery("select * from " + table + " where state = :state order by created_at, id")
                .bind("state", state)
                .map((row, context) -> run(row))
                .list();
    }

    /** Changes a run, which begins to be known by this if it was not before. */
    public void change(Handle transaction, String id, UnaryOperator<R> change) {
        change(transaction, id, change, "");
    }

    /** Changes a run. @param reason why, for its history; empty for that of its state */
    public void change(Handle transaction, String id, UnaryOperator<R> change, String reason) {
        add(transaction, unknown(id, Columns.now(transaction)));
        R before = transaction
                .createQuery("select * from " + table + " where id = :id for update")
                .bind("id", id)
                .map((row, context) -> run(row))
                .one();
        R after = change.apply(before);
        if (after.equals(before)) {
            return;
        }
        bind(transaction.createUpdate("""
                                update %s set state = :state, reason = :reason, started_at = :startedAt,
                                              finished_at = :finishedAt, started = :started, finished = :finished,
                                              %s
                                where id = :id
                                """.formatted(table, listed(column -> column + " = :" + column))), after)
                .execute();
        if (!after.state().label().equals(before.state().label()) || after.lease() > before.lease()) {
            history.add(transaction, after, reason);
        }
    }

    /** Notes a run that is asked for; one that is known already keeps what is known of it. */
    void requested(Handle transaction, R run) {
        if (!add(transaction, run)) {
            transaction
                    .createUpdate("update " + table + " set requested = :requested where id = :id")
                    .bind("id", run.id())
                    .bind("requested", run.requested().toByteArray())
                    .execute();
        }
    }

    private boolean add(Handle transaction, R run) {
        boolean added = bind(
                                transaction.createUpdate(
                                        """
                                        insert into %s (id, state, reason, created_at, started_at, finished_at,
                                                        requested, started, finished, %s)
                                        values (:id, :state, :reason, :created, :startedAt, :finishedAt,
                                                :requested, :started, :finished, %s)
                                        on conflict (id) do nothing
                                        """.formatted(table, listed(column -> column), listed(column -> ":" + column))),
                                run)
                        .bind("created", run.createdAt())
                        .bind("requested", run.requested().toByteArray())
                        .execute()
                == 1;
        if (added) {
            history.add(transaction, run, "");
        }
        return added;
    }

    private Update bind(Update update, R run) {
        Rows.bind(update, run.state())
                .bind("id", run.id())
                .bind("started", run.started().toByteArray())
                .bind("finished", run.finished().toByteArray());
        List<Object> own = own(run);
        for (int i = 0; i < columns.size(); i++) {
            update.bind(columns.get(i), own.get(i));
        }
        return update;
    }

    private String listed(UnaryOperator<String> form) {
        return columns.stream().map(form).collect(Collectors.joining(", "));
    }
}
