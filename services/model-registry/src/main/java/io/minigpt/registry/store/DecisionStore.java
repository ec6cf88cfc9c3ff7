package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.registry.PromotionDecision;
import io.minigpt.registry.PromotionPolicy.Check;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every decision on an alias, with its numbers. */
@ApplicationScoped
public class DecisionStore {

    /**
     * A decision.
     *
     * @param id its number; later ones have higher
     * @param model the model
     * @param version version that it is about
     * @param alias the alias
     * @param evaluationRunId evaluation that asked, if one did
     * @param decider policy, person or rollback
     * @param verdict promoted, proposed or refused
     * @param championVersion version that had the alias, if one had
     * @param checks what was looked at
     * @param reason the same in words
     * @param decidedAt when
     */
    public record Decided(
            long id,
            String model,
            int version,
            String alias,
            Optional<String> evaluationRunId,
            String decider,
            String verdict,
            Optional<Integer> championVersion,
            List<Check> checks,
            String reason,
            Instant decidedAt) {}

    /** Notes a decision. @param evaluationRunId the evaluation that asked, if one did */
    void add(
            Handle transaction,
            VersionReference version,
            String alias,
            Optional<String> evaluationRunId,
            PromotionDecision decision) {
        Optional<Check> first = decision.checks().stream().findFirst();
        transaction
                .createUpdate("""
                        insert into promotion_decision (evaluation_run_id, model, version, alias, policy, metric, value,
                            champion_version, champion_value, promoted, verdict, checks, reason, decided_at)
                        values (:run, :model, :version, :alias, :policy, :metric, :value,
                            :championVersion, :championValue, :promoted, :verdict, :checks::json, :reason,
                            clock_timestamp())
                        """)
                .bind("run", evaluationRunId.orElse(null))
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("alias", alias)
                .bind("policy", decision.decider())
                .bind("metric", first.map(Check::figure).orElse(null))
                .bind("value", first.flatMap(Check::value).orElse(null))
                .bind("championVersion", decision.championVersion().orElse(null))
                .bind("championValue", first.flatMap(Check::champion).orElse(null))
                .bind("promoted", decision.promoted())
                .bind("verdict", decision.verdict().label())
                .bind("checks", PolicyJson.write(decision.checks()))
                .bind("reason", decision.reason())
                .execute();
    }

    /** Decisions on a model's aliases, newest first, before an id. @param alias only on this one, if given */
    public List<Decided> list(Handle transaction, String model, Optional<String> alias, long before, int limit) {
        return transaction
                .createQuery("""
                        select * from promotion_decision
                        where model = :model and id < :before and (:alias::text is null or alias = :alias)
                        order by id desc limit :limit
                        """)
                .bind("model", model)
                .bind("before", before)
                .bind("alias", alias.orElse(null))
                .bind("limit", limit)
                .map((row, context) -> decided(row))
                .list();
    }

    /** The decision that an evaluation asked for, if it did. */
    public Optional<Decided> of(Handle transaction, String evaluationRunId) {
        return transaction
                .createQuery("select * from promotion_decision where evaluation_run_id = :run")
                .bind("run", evaluationRunId)
                .map((row, context) -> decided(row))
                .findOne();
    }

    private static Decided decided(ResultSet row) throws SQLException {
        return new Decided(
                row.getLong("id"),
                row.getString("model"),
                row.getInt("version"),
                row.getString("alias"),
                Optional.ofNullable(row.getString("evaluation_run_id")),
                row.getString("policy"),
                row.getString("verdict"),
                Rows.integer(row, "champion_version"),
                PolicyJson.readChecks(row.getString("checks")),
                row.getString("reason"),
                Columns.instant(row, "decided_at"));
    }
}
