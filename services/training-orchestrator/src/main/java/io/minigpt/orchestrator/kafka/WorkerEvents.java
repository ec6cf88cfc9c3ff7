package io.minigpt.orchestrator.kafka;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.StepReport;
import io.minigpt.orchestrator.store.EvaluationRunStore;
import io.minigpt.orchestrator.store.MeasurementStore;
import io.minigpt.orchestrator.store.Pipelines;
import io.minigpt.orchestrator.store.SampleStore;
import io.minigpt.orchestrator.store.TrainingRunStore;
import io.minigpt.orchestrator.store.WorkerStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationStarted;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingQueued;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.proto.training.v1.WorkerReported;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** What the workers report of their runs: it is kept for every run, and moves the step that the run belongs to. */
@ApplicationScoped
class WorkerEvents {

    private final TrainingRunStore trainings;
    private final EvaluationRunStore evaluations;
    private final MeasurementStore measurements;
    private final SampleStore samples;
    private final WorkerStore workers;
    private final Pipelines pipelines;

    WorkerEvents(
            TrainingRunStore trainings,
            EvaluationRunStore evaluations,
            MeasurementStore measurements,
            SampleStore samples,
            WorkerStore workers,
            Pipelines pipelines) {
        this.trainings = trainings;
        this.evaluations = evaluations;
        this.measurements = measurements;
        this.samples = samples;
        this.workers = workers;
        this.pipelines = pipelines;
    }

    @Produces
    @Singleton
    EventHandler<TrainingStarted> trainingStarted() {
        return new Handler<>(TrainingStarted.class, (transaction, event) -> {
            TrainingStarted started = event.data();
            trainings.change(
                    transaction,
                    started.getRunId(),
                    run -> run.started(started, event.time()),
                    "%s took it at step %d".formatted(started.getWorker(), started.getStartStep()));
            report(transaction, event);
        });
    }

    @Produces
    @Singleton
    EventHandler<TrainingQueued> trainingQueued() {
        return new Handler<>(
                TrainingQueued.class,
                (transaction, event) -> trainings.change(
                        transaction,
                        event.data().getRunId(),
                        run -> run.queued(event.data()),
                        event.data().getReason()));
    }

    @Produces
    @Singleton
    EventHandler<TrainingPaused> trainingPaused() {
        return new Handler<>(
                TrainingPaused.class,
                (transaction, event) ->
                        trainings.change(transaction, event.data().getRunId(), run -> run.paused(event.data())));
    }

    @Produces
    @Singleton
    EventHandler<TrainingCheckpointed> trainingCheckpointed() {
        return new Handler<>(
                TrainingCheckpointed.class, (transaction, event) -> samples.checkpointed(transaction, event.data()));
    }

    @Produces
    @Singleton
    EventHandler<TrainingFinished> trainingFinished() {
        return new Handler<>(TrainingFinished.class, (transaction, event) -> {
            trainings.change(transaction, event.data().getRunId(), run -> run.finished(event.data(), event.time()));
            measurements.thin(transaction, event.data().getRunId());
            report(transaction, event);
        });
    }

    @Produces
    @Singleton
    EventHandler<StepMeasured> stepMeasured() {
        return new Handler<>(StepMeasured.class, (transaction, event) -> measurements.add(transaction, event.data()));
    }

    @Produces
    @Singleton
    EventHandler<WorkerReported> workerReported() {
        return new Handler<>(WorkerReported.class, (transaction, event) -> workers.reported(transaction, event.data()));
    }

    @Produces
    @Singleton
    EventHandler<EvaluationStarted> evaluationStarted() {
        return new Handler<>(EvaluationStarted.class, (transaction, event) -> {
            evaluations.change(
                    transaction,
                    event.data().getRunId(),
                    run -> run.started(event.data(), event.time()),
                    event.data().getWorker() + " took it");
            report(transaction, event);
        });
    }

    @Produces
    @Singleton
    EventHandler<EvaluationProgressed> evaluationProgressed() {
        return new Handler<>(EvaluationProgressed.class, (transaction, event) -> {
            evaluations.change(transaction, event.data().getRunId(), run -> run.progressed(event.data(), event.time()));
            report(transaction, event);
        });
    }

    @Produces
    @Singleton
    EventHandler<EvaluationFinished> evaluationFinished() {
        return new Handler<>(EvaluationFinished.class, (transaction, event) -> {
            evaluations.change(transaction, event.data().getRunId(), run -> run.finished(event.data(), event.time()));
            report(transaction, event);
        });
    }

    private void report(Handle transaction, Event<? extends Message> event) {
        StepReport.of(event.data()).ifPresent(report -> pipelines.report(transaction, report, event.id()));
    }
}
