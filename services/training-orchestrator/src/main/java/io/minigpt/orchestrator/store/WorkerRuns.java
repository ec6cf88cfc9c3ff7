package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.EvaluationRequest;
import io.minigpt.orchestrator.RunIds;
import io.minigpt.orchestrator.RunState;
import io.minigpt.orchestrator.StepRun;
import io.minigpt.orchestrator.TrainingRequest;
import io.minigpt.orchestrator.TrainingRun;
import io.minigpt.orchestrator.WorkerCommands;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import io.minigpt.proto.training.v1.TrainingPauseRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingResumptionRequested;
import io.minigpt.proto.training.v1.TrainingRetryRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Training runs and evaluations asked for by hand. */
@ApplicationScoped
public class WorkerRuns {

    private static final String BY_HAND = "asked for by hand";

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

    /**
     * Asks the workers to hold a training run back.
     *
     * @throws ConflictException if it has ended or is held back already
     */
    public void pauseTraining(Handle transaction, String id) {
        RunState state = training(transaction, id).state();
        if (state.ended() || state instanceof RunState.Paused) {
            throw new ConflictException("run " + id + " is " + state.label() + " and cannot be paused");
        }
        outbox.publish(
                transaction,
                id,
                TrainingPauseRequested.newBuilder()
                        .setRunId(id)
                        .setReason(BY_HAND)
                        .build());
    }

    /** Asks the workers to go on with a training run. @throws ConflictException if it is not held back */
    public void resumeTraining(Handle transaction, String id) {
        RunState state = training(transaction, id).state();
        if (!(state instanceof RunState.Paused)) {
            throw new ConflictException("run " + id + " is " + state.label() + ", not paused");
        }
        outbox.publish(
                transaction,
                id,
                TrainingResumptionRequested.newBuilder()
                        .setRunId(id)
                        .setReason(BY_HAND)
                        .build());
    }

    /**
     * Asks the workers to go on with a training run that has failed or was cancelled, from its newest checkpoint.
     *
     * @throws ConflictException if it belongs to a pipeline run, which is retried as a whole, or is not known in full
     * @throws io.minigpt.orchestrator.IllegalTransitionException if it has neither failed nor been cancelled
     */
    public void retryTraining(Handle transaction, String id) {
        TrainingRun run = training(transaction, id);
        Optional<StepRun> step = StepRun.parse(id);
        if (step.isPresent()) {
            throw new ConflictException("run " + id + " belongs to pipeline run "
                    + step.get().pipeline() + "; retry that, from its failed step");
        }
        if (run.requested().getStage() == Stage.STAGE_UNSPECIFIED) {
            throw new ConflictException("run " + id + " was not asked for here; ask for it again");
        }
        trainings.change(transaction, id, TrainingRun::retried, BY_HAND);
        outbox.publish(
                transaction,
                id,
                TrainingRetryRequested.newBuilder()
                        .setRequest(run.requested())
                        .setReason(BY_HAND)
                        .build());
    }

    private TrainingRun training(Handle transaction, String id) {
        return trainings.find(transaction, id).orElseThrow(() -> new NotFoundException("training run", id));
    }

    /** Asks the worker to stop a training run. @throws ConflictException if it has ended */
    public void cancelTraining(Handle transaction, String id) {
        cancel(transaction, id, training(transaction, id).state());
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
                        .setReason(BY_HAND)
                        .build());
    }
}
