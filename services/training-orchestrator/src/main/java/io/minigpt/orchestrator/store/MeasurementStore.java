package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.Measurement;
import io.minigpt.orchestrator.TrainingFigures;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.StepMeasured;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The figures of training steps as rows. */
@ApplicationScoped
public class MeasurementStore {

    /** Steps that are kept of a run that has ended, besides its evaluations. */
    private static final int STORED_POINTS = 5_000;

    private static final String NUMBERED = """
            with numbered as (
                select *, row_number() over (order by step) as number, count(*) over () as total
                from measurement where run_id = :run)
            """;
    private static final String KEPT =
            "validation_loss is not null or number in (1, total) or number % ((total + :points - 1) / :points) = 0";

    /**
     * Stores a step's figures unless a higher lease has measured it, or has begun before it: a worker that has lost its
     * run may still talk.
     */
    public void add(Handle transaction, StepMeasured measured) {
        transaction
                .createUpdate("""
                        insert into measurement (run_id, step, lease, max_steps, train_loss, validation_loss,
                            bits_per_byte, learning_rate, gradient_norm, tokens_per_second,
                            model_flop_utilisation, memory_bytes, time_left_ms, measured_at)
                        select :run, :step, :lease, :max, :train, :validation::double precision,
                               :bits::double precision, :rate, :norm, :speed,
                               :utilisation::double precision, :memory::bigint, :left::bigint, :at::timestamptz
                        where not exists (select 1 from training_run
                                          where id = :run and lease > :lease and start_step < :step)
                        on conflict (run_id, step) do update set
                            lease = excluded.lease, max_steps = excluded.max_steps, train_loss = excluded.train_loss,
                            validation_loss = excluded.validation_loss, bits_per_byte = excluded.bits_per_byte,
                            learning_rate = excluded.learning_rate, gradient_norm = excluded.gradient_norm,
                            tokens_per_second = excluded.tokens_per_second,
                            model_flop_utilisation = excluded.model_flop_utilisation,
                            memory_bytes = excluded.memory_bytes, time_left_ms = excluded.time_left_ms,
                            measured_at = excluded.measured_at
                        where excluded.lease > measurement.lease
                        """)
                .bind("run", measured.getRunId())
                .bind("step", measured.getStep())
                .bind("lease", measured.getLease())
                .bind("max", measured.getMaxSteps())
                .bind("train", measured.getTrainLoss())
                .bind("validation", measured.hasValidationLoss() ? measured.getValidationLoss() : null)
                .bind("bits", measured.hasBitsPerByte() ? measured.getBitsPerByte() : null)
                .bind("rate", measured.getLearningRate())
                .bind("norm", measured.getGradientNorm())
                .bind("speed", measured.getTokensPerSecond())
                .bind("utilisation", measured.hasModelFlopUtilisation() ? measured.getModelFlopUtilisation() : null)
                .bind("memory", measured.getMemoryBytes() > 0 ? measured.getMemoryBytes() : null)
                .bind("left", measured.getTimeLeftMillis() > 0 ? measured.getTimeLeftMillis() : null)
                .bind(
                        "at",
                        Instant.ofEpochSecond(
                                measured.getMeasuredAt().getSeconds(),
                                measured.getMeasuredAt().getNanos()))
                .execute();
    }

    /** The curve of a run, in the order of its steps. @param points about so many of them, and every evaluation */
    public List<Measurement> curve(Handle transaction, String runId, int points) {
        return transaction
                .createQuery(NUMBERED + "select * from numbered where " + KEPT + " order by step")
                .bind("run", runId)
                .bind("points", points)
                .map((row, context) -> new Measurement(
                        row.getLong("step"),
                        row.getDouble("train_loss"),
                        Rows.number(row, "validation_loss"),
                        Rows.number(row, "bits_per_byte"),
                        row.getDouble("learning_rate"),
                        row.getDouble("gradient_norm"),
                        row.getDouble("tokens_per_second"),
                        Rows.number(row, "model_flop_utilisation"),
                        row.getObject("memory_bytes", Long.class),
                        Columns.instant(row, "measured_at")))
                .list();
    }

    /** Forgets steps of a long run at even distances, but no evaluation. */
    public void thin(Handle transaction, String runId) {
        transaction
                .createUpdate(NUMBERED + """
                        delete from measurement
                        where run_id = :run and step not in (select step from numbered where %s)
                        """.formatted(KEPT))
                .bind("run", runId)
                .bind("points", STORED_POINTS)
                .execute();
    }

    /** Where runs have come to, by their ids; without those that measured nothing yet. */
    public Map<String, TrainingFigures> newest(Handle transaction, Collection<String> runIds) {
        Map<String, TrainingFigures> figures = new HashMap<>();
        if (runIds.isEmpty()) {
            return figures;
        }
        transaction
                .createQuery("""
                        select run.id, last.*, first.train_loss as first_loss,
                               evaluated.validation_loss as last_validation_loss,
                               evaluated.bits_per_byte as last_bits_per_byte
                        from unnest(:ids) as run (id)
                        join lateral (select * from measurement where run_id = run.id
                                      order by lease desc, step desc limit 1) last on true
                        join lateral (select train_loss from measurement where run_id = run.id
                                      order by step limit 1) first on true
                        left join lateral (select validation_loss, bits_per_byte from measurement
                                           where run_id = run.id and validation_loss is not null
                                           order by lease desc, step desc limit 1) evaluated on true
                        """)
                .bind("ids", runIds.toArray(String[]::new))
                .map((row, context) -> Map.entry(row.getString("id"), figures(row)))
                .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
        return figures;
    }

    private static TrainingFigures figures(ResultSet row) throws SQLException {
        return new TrainingFigures(
                row.getLong("step"),
                row.getLong("max_steps"),
                row.getDouble("first_loss"),
                row.getDouble("train_loss"),
                Rows.number(row, "last_validation_loss"),
                Rows.number(row, "last_bits_per_byte"),
                row.getDouble("learning_rate"),
                row.getDouble("gradient_norm"),
                row.getDouble("tokens_per_second"),
                Rows.number(row, "model_flop_utilisation"),
                row.getObject("memory_bytes", Long.class),
                Optional.ofNullable(row.getObject("time_left_ms", Long.class))
                        .map(Duration::ofMillis)
                        .orElse(null),
                Columns.instant(row, "measured_at"));
    }
}
