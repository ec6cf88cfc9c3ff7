package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.PromotionPolicy;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Evaluations of versions and what was decided on their figures. */
@ApplicationScoped
public class EvaluationStore {

    /**
     * An evaluation.
     *
     * @param finishedAt when it ended
     * @param result what it found
     * @param decision what the policy decided, if it was asked
     */
    public record Evaluation(Instant finishedAt, EvaluationFinished result, Optional<Decision> decision) {}

    /**
     * A decision on an alias.
     *
     * @param alias the alias
     * @param promoted whether the version got it
     * @param reason with the figures, for people
     */
    public record Decision(String alias, boolean promoted, String reason) {}

    /** Notes an evaluation. @return false if it was noted before */
    boolean add(Handle transaction, EvaluationFinished evaluation, Instant finishedAt) {
        return transaction
                        .createUpdate("""
                                insert into evaluation (run_id, model, version, finished_at, message)
                                values (:run, :model, :version, :at, :message) on conflict do nothing
                                """)
                        .bind("run", evaluation.getRunId())
                        .bind("model", evaluation.getVersion().getModel())
                        .bind("version", evaluation.getVersion().getVersion())
                        .bind("at", finishedAt)
                        .bind("message", evaluation.toByteArray())
                        .execute()
                == 1;
    }

    /** Whether a version has been evaluated later than this. */
    boolean isOutdated(Handle transaction, VersionReference version, Instant finishedAt) {
        return transaction
                .createQuery("""
                        select exists (select 1 from evaluation
                                       where model = :model and version = :version and finished_at > :at)
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("at", finishedAt)
                .mapTo(Boolean.class)
                .one();
    }

    void decided(
            Handle transaction, EvaluationFinished evaluation, PromotionPolicy.Decision decision, Instant decidedAt) {
        transaction
                .createUpdate("""
                        insert into promotion_decision (evaluation_run_id, model, version, alias, policy, metric, value,
                            champion_version, champion_value, promoted, reason, decided_at)
                        values (:run, :model, :version, :alias, :policy, :metric, :value,
                            :championVersion, :championValue, :promoted, :reason, :at)
                        """)
                .bind("run", evaluation.getRunId())
                .bind("model", evaluation.getVersion().getModel())
                .bind("version", evaluation.getVersion().getVersion())
                .bind("alias", evaluation.getPromoteAlias())
                .bind("policy", decision.policy())
                .bind("metric", decision.metric().orElse(null))
                .bind("value", decision.value().orElse(null))
                .bind("championVersion", decision.championVersion().orElse(null))
                .bind("championValue", decision.championValue().orElse(null))
                .bind("promoted", decision.promoted())
                .bind("reason", decision.reason())
                .bind("at", decidedAt)
                .execute();
    }

    /** Evaluations of a version, newest first. */
    public List<Evaluation> of(Handle transaction, VersionReference version) {
        return transaction
                .createQuery("""
                        select e.finished_at, e.message, d.alias, d.promoted, d.reason
                        from evaluation e left join promotion_decision d on d.evaluation_run_id = e.run_id
                        where e.model = :model and e.version = :version
                        order by e.finished_at desc
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .map((row, context) -> evaluation(row))
                .list();
    }

    private static Evaluation evaluation(ResultSet row) throws SQLException {
        String alias = row.getString("alias");
        return new Evaluation(
                Columns.instant(row, "finished_at"),
                Columns.message(row.getBytes("message"), EvaluationFinished.getDefaultInstance()),
                alias == null
                        ? Optional.empty()
                        : Optional.of(new Decision(alias, row.getBoolean("promoted"), row.getString("reason"))));
    }
}
