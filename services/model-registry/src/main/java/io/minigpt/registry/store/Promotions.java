package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.Metrics;
import io.minigpt.registry.ModelStage;
import io.minigpt.registry.PromotionPolicy;
import io.minigpt.registry.PromotionPolicy.Champion;
import io.minigpt.registry.PromotionPolicy.Decision;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.RegistryConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Notes evaluations, and answers each that asks for an alias. */
@ApplicationScoped
public class Promotions {

    private final VersionStore versions;
    private final AliasStore aliasStore;
    private final EvaluationStore evaluations;
    private final Aliases aliases;
    private final RegistryConfig config;
    private final Outbox outbox;

    public Promotions(
            VersionStore versions,
            AliasStore aliasStore,
            EvaluationStore evaluations,
            Aliases aliases,
            RegistryConfig config,
            Outbox outbox) {
        this.versions = versions;
        this.aliasStore = aliasStore;
        this.evaluations = evaluations;
        this.aliases = aliases;
        this.config = config;
        this.outbox = outbox;
    }

    /** Applies the end of an evaluation, once. One that did not succeed says nothing of its version. */
    public void evaluated(Handle transaction, Event<EvaluationFinished> event) {
        EvaluationFinished evaluation = event.data();
        if (evaluation.getOutcome() != Outcome.OUTCOME_SUCCEEDED
                || !evaluations.add(transaction, evaluation, event.time())) {
            return;
        }
        VersionReference reference = new VersionReference(
                evaluation.getVersion().getModel(), evaluation.getVersion().getVersion());
        Map<String, Double> figures = Metrics.of(evaluation.getMetricsList());
        Optional<RegisteredVersion> version = versions.find(transaction, reference);
        if (version.isPresent() && !evaluations.isOutdated(transaction, reference, event.time())) {
            versions.measure(transaction, reference, figures);
        }
        if (!evaluation.getPromoteAlias().isEmpty()) {
            decide(transaction, event, reference, version, figures);
        }
    }

    private void decide(
            Handle transaction,
            Event<EvaluationFinished> event,
            VersionReference reference,
            Optional<RegisteredVersion> version,
            Map<String, Double> figures) {
        EvaluationFinished evaluation = event.data();
        String alias = evaluation.getPromoteAlias();
        Decision decision;
        if (version.isPresent()) {
            versions.lock(transaction, reference.model());
            PromotionPolicy policy =
                    PromotionPolicy.of(config.promotion(), version.get().stage() == ModelStage.PRETRAIN);
            decision = policy.decide(figures, champion(transaction, reference.model(), alias));
        } else {
            decision = unknown(reference);
        }
        evaluations.decided(transaction, evaluation, decision, Columns.now(transaction));
        if (decision.promoted()) {
            aliases.set(
                    transaction,
                    reference,
                    alias,
                    "policy " + decision.policy(),
                    decision.reason(),
                    event.correlationId(),
                    event.id());
        }
        outbox.publish(
                transaction,
                reference.model(),
                event,
                PromotionDecided.newBuilder()
                        .setRunId(evaluation.getRunId())
                        .setModel(reference.model())
                        .setVersion(reference.version())
                        .setAlias(alias)
                        .setPromoted(decision.promoted())
                        .setReason(decision.reason())
                        .build());
    }

    private Optional<Champion> champion(Handle transaction, String model, String alias) {
        return aliasStore.find(transaction, model, alias).map(present -> {
            Map<Integer, Map<String, Double>> figures =
                    versions.metrics(transaction, model, List.of(present.version()));
            return new Champion(present.version(), figures.getOrDefault(present.version(), Map.of()));
        });
    }

    private static Decision unknown(VersionReference reference) {
        return new Decision(
                "none",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                "version " + reference + " is not registered");
    }
}
