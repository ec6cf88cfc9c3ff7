package io.minigpt.orchestrator.store;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.PipelineEvents;
import io.minigpt.orchestrator.PipelineRun;
import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.StepCommands;
import io.minigpt.orchestrator.StepReport;
import io.minigpt.orchestrator.StepRun;
import io.minigpt.orchestrator.Transition;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Columns;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Changes pipeline runs. Each change reads the run under its lock, applies the domain's rules, and writes the run, its
 * transitions, its events and the commands that follow in the one transaction.
 */
@ApplicationScoped
public class Pipelines {

    private static final Logger LOG = Logger.getLogger(Pipelines.class);

    private final PipelineStore store;
    private final ServingStore serving;
    private final TrainingRunStore trainings;
    private final EvaluationRunStore evaluations;
    private final Outbox outbox;

    public Pipelines(
            PipelineStore store,
            ServingStore serving,
            TrainingRunStore trainings,
            EvaluationRunStore evaluations,
            Outbox outbox) {
        this.store = store;
        this.serving = serving;
        this.trainings = trainings;
        this.evaluations = evaluations;
        this.outbox = outbox;
    }

    /**
     * Starts a run; an id that is known starts nothing.
     *
     * @param cause id of the event that asked; empty if a person did
     */
    public void start(Handle transaction, String id, PipelineSpec spec, String cause) {
        Instant now = Columns.now(transaction);
        PipelineRun run = PipelineRun.create(id, spec, now).advance(serving.at(transaction), now);
        if (store.add(transaction, run)) {
            publish(transaction, run, cause);
        }
    }

    /** Adds a run that failed before it began, so that whoever asked finds the reason; a known id adds nothing. */
    void refuse(Handle transaction, String id, PipelineSpec spec, String reason, String cause) {
        Instant now = Columns.now(transaction);
        PipelineRun run = PipelineRun.create(id, spec, now).refuse(now, reason);
        if (store.add(transaction, run)) {
            publish(transaction, run, cause);
        }
    }

    /** Applies what is reported of a run, if that is an attempt at a step. */
    public void report(Handle transaction, StepReport report, String cause) {
        StepRun.parse(report.runId())
                .ifPresent(attempt -> update(
                        transaction,
                        attempt.pipeline(),
                        cause,
                        (run, now) -> run.change(
                                        attempt, step -> report.change().apply(step, now))
                                .advance(serving.at(transaction), now)));
    }

    /** Applies the registry's answer to an evaluation. */
    public void decided(Handle transaction, PromotionDecided decision, String cause) {
        serving.takeTurn(transaction, decision.getModel());
        serving.decided(transaction, decision);
        advance(transaction, decision.getModel(), cause);
    }

    /** Applies that an alias names a version. */
    public void named(Handle transaction, AliasSet alias, String cause) {
        serving.takeTurn(transaction, alias.getModel());
        serving.named(transaction, alias);
        advance(transaction, alias.getModel(), cause);
    }

    /** Applies that a version serves. */
    public void deployed(Handle transaction, ModelDeployed deployed, Instant at, String cause) {
        serving.takeTurn(transaction, deployed.getModel());
        serving.deployed(transaction, deployed, at);
        advance(transaction, deployed.getModel(), cause);
    }

    /** Applies that a version could not be loaded. */
    public void deploymentFailed(Handle transaction, DeploymentFailed failed, Instant at, String cause) {
        serving.takeTurn(transaction, failed.getModel());
        serving.failed(transaction, failed, at);
        advance(transaction, failed.getModel(), cause);
    }

    /**
     * Stops a run and its steps.
     *
     * @throws NotFoundException if there is no such run
     * @throws io.minigpt.orchestrator.IllegalTransitionException if it has ended
     */
    public void cancel(Handle transaction, String id, String reason, String cause) {
        if (!update(transaction, id, cause, (run, now) -> run.cancel(now, reason))) {
            throw new NotFoundException("pipeline run", id);
        }
    }

    /**
     * Goes on from the failed steps. A deployment asks for nothing itself, so its next attempt looks at what inference
     * said last: inference tries again on its own.
     *
     * @throws NotFoundException if there is no such run
     * @throws io.minigpt.orchestrator.IllegalTransitionException if it has not failed
     */
    public void retry(Handle transaction, String id) {
        if (!update(transaction, id, "", (run, now) -> run.retry(serving.at(transaction), now))) {
            throw new NotFoundException("pipeline run", id);
        }
    }

    private void advance(Handle transaction, String model, String cause) {
        for (String id : store.deploying(transaction, model)) {
            update(transaction, id, cause, (run, now) -> run.advance(serving.at(transaction), now));
        }
    }

    private boolean update(
            Handle transaction, String id, String cause, BiFunction<PipelineRun, Instant, PipelineRun> change) {
        Optional<String> name = store.name(transaction, id);
        if (name.isEmpty()) {
            return false;
        }
        serving.takeTurn(transaction, name.get() + "-base");
        serving.takeTurn(transaction, name.get());
        PipelineRun before = store.lock(transaction, id).orElseThrow();
        PipelineRun after = change.apply(before, Columns.now(transaction));
        store.update(transaction, before, after);
        publish(transaction, after, cause);
        return true;
    }

    private void publish(Handle transaction, PipelineRun run, String cause) {
        for (Transition transition : run.transitions()) {
            String what =
                    transition.step().map(step -> "step " + step.name().label()).orElse("run");
            String reason = transition.to().reason().map(text -> ": " + text).orElse("");
            LOG.infof("pipeline %s: %s %s%s", run.id(), what, transition.to().label(), reason);
        }
        for (StepCommands.Command command : StepCommands.following(run)) {
            remember(transaction, command.message());
            outbox.publish(transaction, command.runId(), run.id(), cause, command.message());
        }
        for (Message event : PipelineEvents.following(run)) {
            outbox.publish(transaction, run.id(), run.id(), cause, event);
        }
    }

    private void remember(Handle transaction, Message command) {
        switch (command) {
            case TrainingRequested training -> trainings.requested(transaction, training);
            case EvaluationRequested evaluation -> evaluations.requested(transaction, evaluation);
            default -> {
                // the other services keep their own runs
            }
        }
    }
}
