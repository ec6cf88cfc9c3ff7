package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.Serving;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the registry and inference said, kept for the deployment steps that ask later. */
@ApplicationScoped
class ServingStore {

    /**
     * Makes what is said of a model and the steps that ask for it take turns: without it, a step that begins and a
     * report that arrives in two replicas at once would miss each other.
     */
    void takeTurn(Handle transaction, String model) {
        transaction
                .createQuery("select pg_advisory_xact_lock(hashtextextended(:model, 0))::text")
                .bind("model", "serving/" + model)
                .mapTo(String.class)
                .one();
    }

    void decided(Handle transaction, PromotionDecided decision) {
        transaction
                .createUpdate("""
                        insert into promotion (run_id, promoted, reason) values (:run, :promoted, :reason)
                        on conflict (run_id) do nothing
                        """)
                .bind("run", decision.getRunId())
                .bind("promoted", decision.getPromoted())
                .bind("reason", decision.getReason())
                .execute();
    }

    void named(Handle transaction, AliasSet alias) {
        transaction
                .createUpdate("""
                        insert into alias_named (model, alias, version, revision)
                        values (:model, :alias, :version, :revision)
                        on conflict (model, alias, version) do update
                            set revision = greatest(alias_named.revision, excluded.revision)
                        """)
                .bind("model", alias.getModel())
                .bind("alias", alias.getAlias())
                .bind("version", alias.getVersion().getVersion())
                .bind("revision", alias.getRevision())
                .execute();
    }

    void deployed(Handle transaction, ModelDeployed message, Instant at) {
        report(transaction, message.getModel(), message.getVersion(), message.getAlias(), null, at);
    }

    void failed(Handle transaction, DeploymentFailed message, Instant at) {
        String reason = message.getReason().isEmpty() ? "no reason was given" : message.getReason();
        report(transaction, message.getModel(), message.getVersion(), message.getAlias(), reason, at);
    }

    /** What is known, read in this transaction. */
    Serving at(Handle transaction) {
        return new Known(transaction);
    }

    private static void report(
            Handle transaction, String model, int version, String alias, String failure, Instant at) {
        transaction
                .createUpdate("""
                        insert into deployment (model, version, alias, failure, at)
                        values (:model, :version, :alias, :failure, :at)
                        on conflict (model, version, alias) do update set failure = excluded.failure, at = excluded.at
                            where excluded.at > deployment.at
                        """)
                .bind("model", model)
                .bind("version", version)
                .bind("alias", alias)
                .bind("failure", failure)
                .bind("at", at)
                .execute();
    }

    private record Known(Handle transaction) implements Serving {

        @Override
        public Optional<Promotion> promotion(String evaluationRunId) {
            return transaction
                    .createQuery("select promoted, reason from promotion where run_id = :run")
                    .bind("run", evaluationRunId)
                    .map((row, context) -> new Promotion(row.getBoolean("promoted"), row.getString("reason")))
                    .findOne();
        }

        @Override
        public boolean named(String model, String alias, int version) {
            return transaction
                    .createQuery("""
                            select exists (select 1 from alias_named
                                           where model = :model and alias = :alias and version = :version)
                            """)
                    .bind("model", model)
                    .bind("alias", alias)
                    .bind("version", version)
                    .mapTo(Boolean.class)
                    .one();
        }

        @Override
        public Optional<Deployment> deployment(String model, String alias, int version) {
            // a version that serves, whatever asked for it; else one that took the alias later; else a failure
            return transaction
                    .createQuery("""
                            select d.version, d.failure from deployment d
                            left join alias_named n on n.model = d.model and n.alias = :alias and n.version = d.version
                            where d.model = :model
                              and (d.version = :version and (d.failure is null or d.alias = :alias)
                                   or d.failure is null and n.revision > (
                                       select revision from alias_named
                                       where model = :model and alias = :alias and version = :version))
                            order by d.failure nulls first, (d.version = :version) desc, d.version desc
                            limit 1
                            """)
                    .bind("model", model)
                    .bind("alias", alias)
                    .bind("version", version)
                    .map((row, context) -> {
                        String failure = row.getString("failure");
                        return failure == null
                                ? new Deployment.Deployed(row.getInt("version"))
                                : (Deployment) new Deployment.Failed(failure);
                    })
                    .findOne();
        }
    }
}
