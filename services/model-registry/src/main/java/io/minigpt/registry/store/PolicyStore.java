package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.registry.PromotionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Promotion policies of aliases with all that were ever in force. */
@ApplicationScoped
public class PolicyStore {

    /**
     * A policy from some time on.
     *
     * @param revision number of this change, from 1
     * @param policy the policy
     * @param setBy who set it
     * @param reason why, for people
     * @param setAt from when it holds
     */
    public record StoredPolicy(long revision, PromotionPolicy policy, String setBy, String reason, Instant setAt) {}

    /** The policy of an alias that is in force, if it has one of its own. */
    public Optional<StoredPolicy> find(Handle transaction, String model, String alias) {
        return history(transaction, model, alias, Long.MAX_VALUE, 1).stream().findFirst();
    }

    /** Policies of an alias, newest first, before a revision. */
    public List<StoredPolicy> history(Handle transaction, String model, String alias, long before, int limit) {
        return transaction
                .createQuery("""
                        select * from promotion_policy
                        where model = :model and alias = :alias and revision < :before
                        order by revision desc limit :limit
                        """)
                .bind("model", model)
                .bind("alias", alias)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new StoredPolicy(
                        row.getLong("revision"),
                        PolicyJson.read(row.getString("policy")),
                        row.getString("set_by"),
                        row.getString("reason"),
                        Columns.instant(row, "set_at")))
                .list();
    }

    /** Puts a policy in force; the model must be locked. */
    public StoredPolicy set(
            Handle transaction, String model, String alias, PromotionPolicy policy, String setBy, String reason) {
        long revision =
                find(transaction, model, alias).map(StoredPolicy::revision).orElse(0L) + 1;
        StoredPolicy stored = new StoredPolicy(revision, policy, setBy, reason, Columns.now(transaction));
        transaction
                .createUpdate("""
                        insert into promotion_policy (model, alias, revision, policy, set_by, reason, set_at)
                        values (:model, :alias, :revision, :policy::json, :by, :reason, :at)
                        """)
                .bind("model", model)
                .bind("alias", alias)
                .bind("revision", revision)
                .bind("policy", PolicyJson.write(policy))
                .bind("by", setBy)
                .bind("reason", reason)
                .bind("at", stored.setAt())
                .execute();
        return stored;
    }
}
