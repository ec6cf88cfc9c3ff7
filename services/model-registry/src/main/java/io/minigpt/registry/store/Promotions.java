package io.minigpt.registry.store;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.Alias;
import io.minigpt.registry.Metrics;
import io.minigpt.registry.ModelStage;
import io.minigpt.registry.PromotionDecision;
import io.minigpt.registry.PromotionPolicy;
import io.minigpt.registry.PromotionPolicy.Champion;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.RegistryConfig;
import io.minigpt.registry.store.PolicyStore.StoredPolicy;
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
    private final DecisionStore decisions;
    private final PolicyStore policies;
    private final QuestionRuns questions;
    private final Aliases aliases;
    private final RegistryConfig config;
    private final Outbox outbox;

    public Promotions(
            VersionStore versions,
            AliasStore aliasStore,
            EvaluationStore evaluations,
            DecisionStore decisions,
            PolicyStore policies,
            QuestionRuns questions,
            Aliases aliases,
            RegistryConfig config,
            Outbox outbox) {
        this.versions = versions;
        this.aliasStore = aliasStore;
        this.evaluations = evaluations;
        this.decisions = decisions;
        this.policies = policies;
        this.questions = questions;
        this.aliases = aliases;
        this.config = config;
        this.outbox = outbox;
    }

    /** Applies the end of an evaluation, once. One that did not succeed says nothing of its version. */
    public void evaluated(Handle transaction, Event<EvaluationFinished> event) {
        EvaluationFinished evaluation = event.data();
        questions.finished(transaction, evaluation);
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
        PromotionDecision decision;
        if (version.isPresent()) {
            versions.lock(transaction, reference.model());
            PromotionPolicy policy = policy(transaction, version.get(), alias);
            decision = policy.decide(figures, champion(transaction, reference.model(), alias));
        } else {
            decision = PromotionDecision.unknown(reference);
        }
        decisions.add(transaction, reference, alias, Optional.of(evaluation.getRunId()), decision);
        if (decision.promoted()) {
            aliases.set(
                    transaction,
                    reference,
                    alias,
                    decision.decider(),
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

    /** What decides on an alias: its own policy, else the configured one. */
    public PromotionPolicy policy(Handle transaction, RegisteredVersion version, String alias) {
        return policies.find(transaction, version.model(), alias)
                .map(StoredPolicy::policy)
                .orElseGet(() -> PromotionPolicy.of(config.promotion(), version.stage() == ModelStage.PRETRAIN));
    }

    /** Lets an alias name a version because a person says so, and notes the figures of both versions. */
    public Alias decideByHand(
            Handle transaction, VersionReference reference, String alias, String decider, String reason) {
        versions.lock(transaction, reference.model());
        Optional<Champion> champion = champion(transaction, reference.model(), alias);
        Alias set = aliases.set(transaction, reference, alias, decider, reason, "", "");
        decisions.add(
                transaction,
                reference,
                alias,
                Optional.empty(),
                PromotionDecision.byHand(decider, figures(transaction, reference), champion, reason));
        return set;
    }

    /**
     * Lets an alias name again what it named before.
     *
     * @throws NotFoundException if it names nothing
     * @throws ConflictException if it named nothing before, or that version is deleted
     */
    public Alias rollBack(Handle transaction, String model, String alias, String reason) {
        versions.lock(transaction, model);
        Alias present = aliasStore
                .find(transaction, model, alias)
                .orElseThrow(() -> new NotFoundException("alias", model + "@" + alias));
        int before = present.previousVersion()
                .orElseThrow(() -> new ConflictException(
                        "alias " + model + "@" + alias + " has named version " + present.version() + " only"));
        VersionReference reference = new VersionReference(model, before);
        if (versions.find(transaction, reference).isEmpty()) {
            throw new ConflictException(
                    "version " + reference + ", which " + alias + " named before, is deleted; set the alias by hand");
        }
        return decideByHand(transaction, reference, alias, "rollback", reason);
    }

    private Optional<Champion> champion(Handle transaction, String model, String alias) {
        return aliasStore
                .find(transaction, model, alias)
                .map(present -> new Champion(
                        present.version(), figures(transaction, new VersionReference(model, present.version()))));
    }

    private Map<String, Double> figures(Handle transaction, VersionReference reference) {
        return versions.metrics(transaction, reference.model(), List.of(reference.version()))
                .getOrDefault(reference.version(), Map.of());
    }
}
