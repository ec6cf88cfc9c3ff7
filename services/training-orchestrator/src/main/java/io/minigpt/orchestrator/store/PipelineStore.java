package io.minigpt.orchestrator.store;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.Figures;
import io.minigpt.orchestrator.PipelineRun;
import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.PipelineTransition;
import io.minigpt.orchestrator.RunState;
import io.minigpt.orchestrator.Step;
import io.minigpt.orchestrator.StepName;
import io.minigpt.orchestrator.Transition;
import io.minigpt.platform.database.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Pipeline runs as rows. */
@ApplicationScoped
public class PipelineStore {

    private record RunRow(String id, PipelineSpec spec, Instant createdAt, RunState state) {}

    private record StepRow(String pipeline, Step step) {}

    /** Name of a run's pipeline. */
    Optional<String> name(Handle transaction, String id) {
        return transaction
                .createQuery("select name from pipeline_run where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** The run, locked until the transaction ends. */
    Optional<PipelineRun> lock(Handle transaction, String id) {
        return one(transaction, id, " for update");
    }

    /** The run, or the one that a request with this id joined. */
    public Optional<PipelineRun> find(Handle transaction, String id) {
        String run = transaction
                .createQuery("select run_id from regeneration where request_id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .orElse(id);
        return one(transaction, run, "");
    }

    /** Runs, newest first, after a cursor (the id of a run; empty for the start). */
    public List<PipelineRun> newest(Handle transaction, String cursor, int limit) {
        List<RunRow> rows = transaction
                .createQuery("""
                        select * from pipeline_run
                        where :cursor = ''
                           or (created_at, id) < (select created_at, id from pipeline_run where id = :cursor)
                        order by created_at desc, id desc limit :limit
                        """)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
        return withSteps(transaction, rows);
    }

    /** What happened to a run and its steps, the oldest first. */
    public List<PipelineTransition> history(Handle transaction, String id) {
        return transaction
                .createQuery("select * from pipeline_transition where pipeline_id = :id order by id")
                .bind("id", id)
                .map((row, context) -> new PipelineTransition(
                        row.getString("step"),
                        row.getObject("attempt", Integer.class),
                        row.getString("state"),
                        row.getString("reason"),
                        Columns.instant(row, "at")))
                .list();
    }

    /** Runs in which a deployment of this model is under way. */
    List<String> deploying(Handle transaction, String model) {
        return transaction
                .createQuery("""
                        select r.id from pipeline_run r join pipeline_step s on s.pipeline_id = r.id
                        where r.state = 'running' and s.state = 'running'
                          and (s.name = 'deploy' and r.name = :model
                               or s.name = 'deploy-base' and r.name || '-base' = :model)
                        order by r.id
                        """)
                .bind("model", model)
                .mapTo(String.class)
                .list();
    }

    /** Adds a run unless one with its id is there. @return whether it is new */
    boolean add(Handle transaction, PipelineRun run) {
        int added = Rows.bind(
                        transaction
                                .createUpdate("""
                                        insert into pipeline_run
                                            (id, name, spec, state, reason, created_at, started_at, finished_at)
                                        values (:id, :name, :spec::json, :state, :reason,
                                                :created, :startedAt, :finishedAt)
                                        on conflict (id) do nothing
                                        """)
                                .bind("id", run.id())
                                .bind("name", run.spec().name())
                                .bind("spec", Rows.json(run.spec()))
                                .bind("created", run.createdAt()),
                        run.state())
                .execute();
        if (added == 1) {
            write(transaction, run, run.steps().values());
            transitions(transaction, run);
        }
        return added == 1;
    }

    /** Writes what changed between two states of a locked run, and its transitions. */
    void update(Handle transaction, PipelineRun before, PipelineRun after) {
        if (!before.state().equals(after.state())) {
            Rows.bind(transaction.createUpdate("""
                                            update pipeline_run set state = :state, reason = :reason,
                                                   started_at = :startedAt, finished_at = :finishedAt
                                            where id = :id
                                            """).bind("id", after.id()), after.state())
                    .execute();
        }
        List<Step> changed = after.steps().values().stream()
                .filter(step -> !step.equals(before.step(step.name())))
                .toList();
        write(transaction, after, changed);
        transitions(transaction, after);
    }

    private static void write(Handle transaction, PipelineRun run, Iterable<Step> steps) {
        for (Step step : steps) {
            Rows.bind(
                            transaction
                                    .createUpdate("""
                                            insert into pipeline_step (pipeline_id, name, attempt, state, reason,
                                                started_at, finished_at, done, total, details, reported, output)
                                            values (:pipeline, :name, :attempt, :state, :reason,
                                                :startedAt, :finishedAt, :done, :total,
                                                :details::json, :reported, :output)
                                            on conflict (pipeline_id, name) do update set
                                                attempt = excluded.attempt, state = excluded.state,
                                                reason = excluded.reason,
                                                started_at = excluded.started_at, finished_at = excluded.finished_at,
                                                done = excluded.done, total = excluded.total,
                                                details = excluded.details,
                                                reported = excluded.reported, output = excluded.output
                                            """)
                                    .bind("pipeline", run.id())
                                    .bind("name", step.name().label())
                                    .bind("attempt", step.attempt())
                                    .bind("done", step.figures().done())
                                    .bind("total", step.figures().total())
                                    .bind("details", Rows.json(step.figures().details()))
                                    .bind("reported", step.reported())
                                    .bind(
                                            "output",
                                            step.output()
                                                    .map(Message::toByteArray)
                                                    .orElse(null)),
                            step.state())
                    .execute();
        }
    }

    private static void transitions(Handle transaction, PipelineRun run) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into pipeline_transition (pipeline_id, step, attempt, state, reason, at)
                values (:pipeline, :step, :attempt, :state, :reason, clock_timestamp())
                """);
        for (Transition transition : run.transitions()) {
            batch.bind("pipeline", run.id())
                    .bind(
                            "step",
                            transition.step().map(step -> step.name().label()).orElse(null))
                    .bind("attempt", transition.step().map(Step::attempt).orElse(null))
                    .bind("state", transition.to().label())
                    .bind("reason", transition.to().reason().orElse(null))
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static Optional<PipelineRun> one(Handle transaction, String id, String lock) {
        List<RunRow> rows = transaction
                .createQuery("select * from pipeline_run where id = :id" + lock)
                .bind("id", id)
                .map((row, context) -> run(row))
                .list();
        return withSteps(transaction, rows).stream().findFirst();
    }

    private static List<PipelineRun> withSteps(Handle transaction, List<RunRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<String, Map<StepName, Step>> steps = new HashMap<>();
        transaction
                .createQuery("select * from pipeline_step where pipeline_id = any(:ids)")
                .bind("ids", rows.stream().map(RunRow::id).toArray(String[]::new))
                .map((row, context) -> new StepRow(row.getString("pipeline_id"), step(row)))
                .forEach(row -> steps.computeIfAbsent(row.pipeline(), id -> new EnumMap<>(StepName.class))
                        .put(row.step().name(), row.step()));
        List<PipelineRun> runs = new ArrayList<>();
        for (RunRow row : rows) {
            runs.add(new PipelineRun(
                    row.id(), row.spec(), row.createdAt(), row.state(), steps.get(row.id()), List.of()));
        }
        return runs;
    }

    private static RunRow run(ResultSet row) throws SQLException {
        return new RunRow(
                row.getString("id"),
                Rows.value(row.getString("spec"), PipelineSpec.class),
                Columns.instant(row, "created_at"),
                Rows.state(row));
    }

    private static Step step(ResultSet row) throws SQLException {
        StepName name = StepName.labelled(row.getString("name")).orElseThrow();
        byte[] output = row.getBytes("output");
        return new Step(
                name,
                row.getInt("attempt"),
                Rows.state(row),
                new Figures(row.getLong("done"), row.getLong("total"), Rows.details(row.getString("details"))),
                row.getBoolean("reported"),
                name.output().filter(prototype -> output != null).map(prototype -> Columns.message(output, prototype)));
    }
}
