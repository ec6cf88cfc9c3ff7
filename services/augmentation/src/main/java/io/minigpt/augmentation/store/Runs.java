package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationConfig;
import io.minigpt.augmentation.Counts;
import io.minigpt.augmentation.Run;
import io.minigpt.augmentation.RunRequest;
import io.minigpt.augmentation.RunState;
import io.minigpt.augmentation.Teachers;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The life of runs. Each method is part of the caller's transaction and leaves a run that has ended as it is. */
@ApplicationScoped
public class Runs {

    /** Kind of the job that begins a run; its id is the run's. */
    public static final String RUN_JOB = "augmentation-run";

    /** Kind of the job that does one question of a run. */
    public static final String QUESTION_JOB = "augmentation-question";

    private static final byte[] NO_PAYLOAD = {};

    private final RunStore runs;
    private final RunParentStore parents;
    private final RunNotices notices;
    private final JobQueue jobs;
    private final AugmentationConfig config;
    private final Teachers teachers;
    private final Prompts prompts;

    Runs(
            RunStore runs,
            RunParentStore parents,
            RunNotices notices,
            JobQueue jobs,
            AugmentationConfig config,
            Teachers teachers,
            Prompts prompts) {
        this.runs = runs;
        this.parents = parents;
        this.notices = notices;
        this.jobs = jobs;
        this.config = config;
        this.teachers = teachers;
        this.prompts = prompts;
    }

    /** Adds a run that waits for its inputs, unless one with its id is there. One that cannot be done fails at once. */
    public void request(Handle transaction, RunRequest request, Cause cause) {
        Optional<Teacher> teacher = teachers.find(request.teacher());
        Run run = new Run(
                request.runId(),
                request.corpus(),
                request.sources(),
                request.variants() == 0 ? config.variants() : request.variants(),
                prompts.variants().version(),
                teacher.map(Teacher::name).orElse(request.teacher()),
                teacher.map(Teacher::version).orElse(""),
                new RunState.Waiting(),
                null,
                cause.correlationId(),
                cause.eventId(),
                Instant.now(),
                null,
                null);
        if (!runs.add(transaction, run)) {
            return;
        }
        if (teacher.isEmpty()) {
            end(
                    transaction,
                    run.in(run.state()
                            .failed("no teacher '" + request.teacher() + "' is configured; configured are "
                                    + teachers.names())));
        } else {
            jobs.submit(
                    transaction,
                    new Job(
                            run.id(),
                            RUN_JOB,
                            0,
                            NO_PAYLOAD,
                            cause.correlationId(),
                            cause.eventId(),
                            request.inputs()));
        }
    }

    /** Fixes the questions of a run and queues those whose variants are not complete. */
    public void begin(Handle transaction, String runId) {
        Optional<Run> open = open(transaction, runId);
        if (open.isEmpty()) {
            return;
        }
        Run run = open.get().in(open.get().state().started());
        CorpusLock.take(transaction, run.corpus());
        runs.start(transaction, run);
        parents.fix(transaction, run);
        jobs.submitAll(
                transaction,
                parents.pending(transaction, runId).stream()
                        .map(parent -> Job.of(
                                parent.jobId(), QUESTION_JOB, NO_PAYLOAD, run.correlationId(), run.causationId()))
                        .toList());
        notices.started(transaction, run, parents.counts(transaction, run));
        finishIfDone(transaction, run);
    }

    /** Ends a run as failed. */
    public void fail(Handle transaction, String runId, String reason) {
        open(transaction, runId)
                .ifPresent(run -> end(transaction, run.in(run.state().failed(reason))));
    }

    /** Ends a run as cancelled; a call that is being made is finished and its reply kept. */
    public void cancel(Handle transaction, String runId, String reason) {
        open(transaction, runId).ifPresent(run -> {
            end(transaction, run.in(run.state().cancelled(reason)));
            jobs.cancel(transaction, runId, reason);
        });
    }

    /** A run, locked until the transaction ends; empty if there is none or it has ended. */
    Optional<Run> open(Handle transaction, String runId) {
        return runs.lock(transaction, runId).filter(run -> !run.state().ended());
    }

    /** Tells of progress after a question was done, and ends the run when that was the last. */
    void advance(Handle transaction, Run run) {
        if (!finishIfDone(transaction, run) && runs.progressDue(transaction, run.id(), config.progressEvery())) {
            notices.progressed(transaction, run, parents.counts(transaction, run));
        }
    }

    private boolean finishIfDone(Handle transaction, Run run) {
        if (parents.anyPending(transaction, run.id())) {
            return false;
        }
        RunState state = parents.counts(transaction, run).fruitless()
                ? run.state()
                        .failed("the teacher could be asked about no question; for instance: "
                                + parents.firstFailure(transaction, run.id()).orElse("no reason"))
                : run.state().succeeded();
        end(transaction, run.in(state));
        return true;
    }

    private void end(Handle transaction, Run ended) {
        Counts counts = parents.counts(transaction, ended);
        runs.end(transaction, ended, notices.finished(transaction, ended, counts));
    }
}
