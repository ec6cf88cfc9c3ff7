package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.EvaluationRequest;
import io.minigpt.orchestrator.RunIds;
import io.minigpt.orchestrator.RunState;
import io.minigpt.orchestrator.TrainingRequest;
import io.minigpt.orchestrator.WorkerCommands;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Training runs and evaluations asked for by hand. */
@ApplicationScoped
public class WorkerRuns {

    private final WorkerCommands commands;
    private final VersionStore versions;
    private final TrainingRunStore trainings;
    private final EvaluationRunStore evaluations;
    private final Outbox outbox;

    public WorkerRuns(
            WorkerCommands commands,
            VersionStore versions,
            TrainingRunStore trainings,
            EvaluationRunStore evaluations,
            Outbox outbox) {
        this.commands = commands;
        this.versions = versions;
        this.trainings = trainings;
        this.evaluations = evaluations;
        this.outbox = outbox;
    }

    /** Asks for a training run and returns its id. */
    public String train(Handle transaction, TrainingRequest request) {
        TrainingRequested command =
                commands.training("training-" + RunIds.next(), request, versions.versions(transaction));
        trainings.requested(transaction, command);
        outbox.publish(transaction, command.getRunId(), command);
        return command.getRunId();
    }

    /** Asks for an evaluation and returns its id. */
    public String evaluate(Handle transaction, EvaluationRequest request) {
        EvaluationRequested command =
                commands.evaluation("evaluation-" + RunIds.next(), request, versions.versions(transaction));
        evaluations.requested(transaction, command);
        outbox.publish(transaction, command.getRunId(), command);
        return command.getRunId();
    }

    /** Asks the worker to stop a training run. @throws ConflictException if it has ended */
    public void cancelTraining(Handle transaction, String id) {
        cancel(
                transaction,
                id,
                trainings
                        .find(transaction, id)
                        .orElseThrow(() -> new NotFoundException("training run", id))
                        .state());
    }

    /** Asks the worker to stop an evaluation. @throws ConflictException if it has ended */
    public void cancelEvaluation(Handle transaction, String id) {
        cancel(
                transaction,
                id,
                evaluations
                        .find(transaction, id)
                        .orElseThrow(() -> new NotFoundException("evaluation", id))
                        .state());
    }

    private void cancel(Handle transaction, String id, RunState state) {
        if (state.ended()) {
            throw new ConflictException("run " + id + " has " + state.label() + " and cannot be cancelled");
        }
        outbox.publish(
                transaction,
                id,
                TrainingCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason("asked for by hand")
                        .build());
    }
}
