package io.minigpt.worker.store;

import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.worker.CurrentRun;
import io.minigpt.worker.EvaluationPlan;
import io.minigpt.worker.Fit;
import io.minigpt.worker.RunDevice;
import io.minigpt.worker.StoredCheckpoint;
import io.minigpt.worker.TrainingPlan;
import io.minigpt.worker.Work;
import io.minigpt.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Does one run at a time: training and evaluation share the device. */
@ApplicationScoped
class RunJob implements JobHandler {

    private final RunDevice device;
    private final CurrentRun current;
    private final CheckpointStore checkpoints;
    private final RunJournals journals;
    private final RunControl control;
    private final Outbox outbox;
    private final WorkerConfig config;

    RunJob(
            RunDevice device,
            CurrentRun current,
            CheckpointStore checkpoints,
            RunJournals journals,
            RunControl control,
            Outbox outbox,
            WorkerConfig config) {
        this.device = device;
        this.current = current;
        this.checkpoints = checkpoints;
        this.journals = journals;
        this.control = control;
        this.outbox = outbox;
        this.config = config;
    }

    @Override
    public String kind() {
        return Work.JOB_KIND;
    }

    /** What does not fit waits for a worker that has more. */
    @Override
    public Optional<Predicate<Job>> selection() {
        return Optional.of(run -> Fit.fits(Work.of(run.payload()), device.offer()));
    }

    @Override
    public void run(JobLease lease) throws Exception {
        giveUpIfItEndsItsWorkers(lease);
        switch (Work.of(lease.job().payload())) {
            case Work.Training(TrainingRequested request) -> train(lease, request);
            case Work.Evaluation(EvaluationRequested request) -> evaluate(lease, request);
        }
    }

    @Override
    public void failed(Handle transaction, Job run, String reason) {
        end(transaction, run, Outcome.OUTCOME_FAILED, reason);
    }

    @Override
    public void cancelled(Handle transaction, Job run, String reason) {
        end(transaction, run, Outcome.OUTCOME_CANCELLED, reason);
    }

    private void train(JobLease lease, TrainingRequested request) throws Exception {
        TrainingPlan plan = TrainingPlan.of(request);
        checkpoints.removeStrays(lease, checkpoints.of(lease));
        current.begin(request.getRunId(), "training", lease.number());
        try {
            device.train(plan, journals.training(lease, request), current::progress);
        } finally {
            current.end();
        }
    }

    private void evaluate(JobLease lease, EvaluationRequested request) throws Exception {
        EvaluationPlan plan = EvaluationPlan.of(request);
        current.begin(request.getRunId(), "evaluation", lease.number());
        try {
            device.evaluate(plan, journals.evaluation(lease, request), current::progress);
        } finally {
            current.end();
        }
    }

    /** A run that takes its worker down each time would do so for ever: an ended process counts as no failure. */
    private void giveUpIfItEndsItsWorkers(JobLease lease) {
        List<StoredCheckpoint> stored = checkpoints.of(lease);
        long retried = lease.transact(
                transaction -> control.retriedLease(transaction, lease.job().id()));
        long progressed =
                stored.isEmpty() ? retried : Math.max(retried, stored.getLast().lease());
        if (lease.number() - progressed > config.maxFruitlessLeases()) {
            throw new PermanentFailureException("the run was begun " + config.maxFruitlessLeases()
                    + " times and never came as far as a checkpoint: its worker may have too little memory");
        }
    }

    private void end(Handle transaction, Job run, Outcome outcome, String reason) {
        long lease = transaction
                .createQuery("select lease from job where id = :id")
                .bind("id", run.id())
                .mapTo(Long.class)
                .one();
        RunEvents.publish(outbox, transaction, run, RunEvents.ended(run, lease, outcome, reason));
    }
}
