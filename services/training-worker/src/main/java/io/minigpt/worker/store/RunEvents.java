package io.minigpt.worker.store;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.Job;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingQueued;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.worker.Work;
import org.jdbi.v3.core.Handle;

/** Events about runs, with what each takes over from the request. */
final class RunEvents {

    private RunEvents() {}

    /** Publishes an event of a run within the pipeline run that asked for it. */
    static void publish(Outbox outbox, Handle transaction, Job run, Message event) {
        outbox.publish(transaction, run.id(), run.correlationId(), run.causationId(), event);
    }

    static TrainingQueued queued(String runId, long lease, String reason) {
        return TrainingQueued.newBuilder()
                .setRunId(runId)
                .setLease(lease)
                .setReason(reason)
                .build();
    }

    static TrainingFinished.Builder finished(TrainingFinished.Builder finished, TrainingRequested request, long lease) {
        finished.setRunId(request.getRunId())
                .setLease(lease)
                .setStage(request.getStage())
                .setModel(request.getModel())
                .setDataset(request.getDataset());
        if (request.hasBase()) {
            finished.setBase(request.getBase());
        }
        return finished;
    }

    static EvaluationFinished.Builder finished(EvaluationFinished.Builder finished, EvaluationRequested request) {
        return finished.setRunId(request.getRunId())
                .setVersion(request.getVersion())
                .setDataset(request.getDataset().getName())
                .setDatasetVersion(request.getDataset().getVersion())
                .setPromoteAlias(request.getPromoteAlias());
    }

    /** The end of a run that did not reach its own. */
    static Message ended(Job run, long lease, Outcome outcome, String reason) {
        return switch (Work.of(run.payload())) {
            case Work.Training(TrainingRequested request) ->
                finished(TrainingFinished.newBuilder(), request, lease)
                        .setModelConfiguration(request.getModelConfiguration())
                        .setTrainingConfiguration(request.getTrainingConfiguration())
                        .setOutcome(outcome)
                        .setReason(reason)
                        .build();
            case Work.Evaluation(EvaluationRequested request) ->
                finished(EvaluationFinished.newBuilder(), request)
                        .setOutcome(outcome)
                        .setReason(reason)
                        .build();
        };
    }
}
