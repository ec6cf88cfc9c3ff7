package io.minigpt.teacher.run;

import io.minigpt.platform.database.Insertion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs as rows of the table {@code run}; the columns of their scopes are the service's. */
final class RunStore<S> {

    /** Reads the columns of a scope. */
    @FunctionalInterface
    interface ScopeReader<S> {
        S read(ResultSet row) throws SQLException;
    }

    private final Function<S, Map<String, ?>> columns;
    private final ScopeReader<S> reader;

    RunStore(Function<S, Map<String, ?>> columns, ScopeReader<S> reader) {
        this.columns = columns;
        this.reader = reader;
    }

    /** Adds a run unless one with its id is there. @return whether it is new */
    boolean add(Handle transaction, Run<S> run) {
        Map<String, Object> row = new HashMap<>(columns.apply(run.scope()));
        row.put("id", run.id());
        row.put("corpus", run.corpus());
        row.put("prompt_version", run.promptVersion());
        row.put("teacher", run.teacher());
        row.put("teacher_version", run.teacherVersion());
        run.budget().tokens().ifPresent(tokens -> row.put("max_tokens", tokens));
        run.budget().cost().ifPresent(cost -> row.put("max_cost", cost));
        row.put("state", run.state().name());
        row.put("correlation_id", run.cause().correlationId());
        row.put("causation_id", run.cause().eventId());
        return Insertion.ifNew(transaction, "run", row);
    }

    /** A run, locked until the transaction ends. */
    Optional<Run<S>> lock(Handle transaction, String id) {
        return transaction
                .createQuery("select * from run where id = :id for update")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** A run. */
    Optional<Run<S>> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from run where id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Those of the runs that there are. */
    List<Run<S>> find(Handle handle, Collection<String> ids) {
        return handle.createQuery("select * from run where id = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> run(row))
                .list();
    }

    /** Runs asked for before a time, newest first. */
    List<Run<S>> newest(Handle transaction, Instant before, int limit) {
        return transaction
                .createQuery("select * from run where created_at < :before order by created_at desc, id limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** Notes that a run started. */
    void start(Handle transaction, Run<S> run) {
        transaction
                .createUpdate("update run set state = :state, started_at = clock_timestamp() where id = :id")
                .bind("state", run.state().name())
                .bind("id", run.id())
                .execute();
    }

    /** Notes that a run is paused. */
    void pause(Handle transaction, Run<S> run) {
        transaction
                .createUpdate("""
                        update run set state = :state, reason = :reason, paused_at = clock_timestamp() where id = :id
                        """)
                .bind("state", run.state().name())
                .bind("reason", run.state().reason())
                .bind("id", run.id())
                .execute();
    }

    /** Notes that a run goes on, with its budget. */
    void resume(Handle transaction, Run<S> run) {
        transaction
                .createUpdate("""
                        update run set state = :state, reason = null, max_tokens = :tokens, max_cost = :cost,
                                       paused_at = null, paused_millis = paused_millis
                                           + extract(epoch from clock_timestamp() - paused_at) * 1000
                        where id = :id
                        """)
                .bind("state", run.state().name())
                .bind("tokens", tokens(run.budget()))
                .bind("cost", run.budget().cost().orElse(null))
                .bind("id", run.id())
                .execute();
    }

    /** Notes how a run ended. @param output revision of its stream of results */
    void end(Handle transaction, Run<S> run, long output) {
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

    private static Long tokens(Budget budget) {
        return budget.tokens().isPresent() ? budget.tokens().getAsLong() : null;
    }

    private Run<S> run(ResultSet row) throws SQLException {
        return new Run<>(
                row.getString("id"),
                row.getString("corpus"),
                reader.read(row),
                row.getString("prompt_version"),
                row.getString("teacher"),
                row.getString("teacher_version"),
                Budget.of(row.getObject("max_tokens", Long.class), row.getBigDecimal("max_cost")),
                RunState.of(row.getString("state"), row.getString("reason")),
                row.getObject("output", Long.class),
                new Cause(row.getString("correlation_id"), row.getString("causation_id")),
                Times.of(row));
    }
}
