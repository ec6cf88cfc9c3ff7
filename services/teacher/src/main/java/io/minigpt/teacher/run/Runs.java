package io.minigpt.teacher.run;

import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.configuration.Teachers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The life of a service's runs. Each method is part of the caller's transaction and leaves a run that has ended as it
 * is. A service extends it with its own scope, the choice of the subjects and its messages.
 *
 * @param <S> scope of a run: which subjects, and what is wanted of each
 */
public abstract class Runs<S> extends RunKind<S> {

    private static final byte[] NO_PAYLOAD = {};

    // injected here, so that a service's constructor names only what is its own
    @Inject
    RunSubjects subjects;

    @Inject
    RunReports reports;

    @Inject
    JobQueue jobs;

    @Inject
    Teachers teachers;

    private final RunStore<S> runs = new RunStore<>(this::columns, this::scope);

    /** Runs of one kind, see {@link RunKind}. */
    protected Runs(String name, String subject, Duration progressEvery) {
        super(name, subject, progressEvery);
    }

    /** Adds a run that waits for its inputs, unless one with its id is there. One that cannot be done fails at once. */
    public void request(Handle transaction, RunRequest<S> request, Cause cause) {
        Optional<Teacher> teacher = teachers.find(request.teacher());
        S scope = settled(request.scope());
        Optional<String> refusal = teacher.isPresent()
                ? refusal(transaction, scope)
                : Optional.of(
                        "no teacher '" + request.teacher() + "' is configured; configured are " + teachers.names());
        Run<S> run = new Run<>(
                request.runId(),
                request.corpus(),
                scope,
                refusal.isPresent() ? "" : promptVersion(scope),
                teacher.map(Teacher::name).orElse(request.teacher()),
                teacher.map(Teacher::version).orElse(""),
                request.budget(),
                new RunState.Waiting(),
                null,
                cause,
                Times.now());
        if (!runs.add(transaction, run)) {
            return;
        }
        if (refusal.isPresent()) {
            end(transaction, run.in(run.state().failed(refusal.get())));
        } else {
            jobs.submit(
                    transaction,
                    new Job(
                            run.id(),
                            runJob(),
                            0,
                            NO_PAYLOAD,
                            cause.correlationId(),
                            cause.eventId(),
                            request.inputs()));
        }
    }

    /** Adds a run that failed because what was asked for makes no sense, so that nobody waits for its end. */
    public void refuse(Handle transaction, String runId, String corpus, String reason, Cause cause) {
        Run<S> run = new Run<>(
                runId,
                corpus.replace("\0", ""),
                noScope(),
                "",
                "",
                "",
                Budget.NONE,
                new RunState.Waiting(),
                null,
                cause,
                Times.now());
        if (runs.add(transaction, run)) {
            end(transaction, run.in(run.state().failed(reason)));
        }
    }

    /** Fixes the subjects of a run and queues those whose results are not complete. */
    void begin(Handle transaction, String runId) {
        Optional<Run<S>> open = open(transaction, runId);
        if (open.isEmpty()) {
            return;
        }
        Run<S> run = open.get().in(open.get().state().started());
        CorpusLock.take(transaction, run.corpus());
        runs.start(transaction, run);
        fix(transaction, run);
        Cause cause = run.cause();
        jobs.submitAll(
                transaction,
                subjects.pending(transaction, runId).stream()
                        .map(pending -> Job.of(
                                pending.jobId(), subjectJob(), NO_PAYLOAD, cause.correlationId(), cause.eventId()))
                        .toList());
        reports.started(transaction, this, run);
        finishIfDone(transaction, run);
    }

    /** Ends a run as failed. */
    void fail(Handle transaction, String runId, String reason) {
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

    /** Lets a run that is running make no more calls; one that is being made is finished and its reply kept. */
    public void pause(Handle transaction, String runId, String reason) {
        open(transaction, runId)
                .filter(run -> run.state() instanceof RunState.Running)
                .ifPresent(run -> {
                    Run<S> paused = run.in(run.state().paused(reason));
                    runs.pause(transaction, paused);
                    jobs.postpone(transaction, subjects.pendingJobs(transaction, runId), LeasedCalls.UNTIL_RESUMED);
                    reports.progressed(transaction, this, paused);
                });
    }

    /**
     * Lets a paused run go on.
     *
     * @param raised limits that take the place of the run's
     * @return why it cannot go on: a limit is reached; empty if it goes on
     */
    public Optional<String> resume(Handle transaction, String runId, Budget raised) {
        Optional<Run<S>> paused = open(transaction, runId).filter(run -> run.state() instanceof RunState.Paused);
        if (paused.isEmpty()) {
            return Optional.empty();
        }
        Run<S> run = paused.get().with(paused.get().budget().replacedBy(raised));
        Optional<String> reached = run.budget().reachedBy(subjects.teaching(transaction, runId));
        if (reached.isEmpty()) {
            Run<S> running = run.in(run.state().resumed());
            runs.resume(transaction, running);
            jobs.hasten(transaction, subjects.pendingJobs(transaction, runId));
            reports.progressed(transaction, this, running);
        }
        return reached;
    }

    /** Lets the subjects of a run wait until its teacher takes calls again. */
    void postpone(Handle transaction, String runId, Duration delay) {
        jobs.postpone(transaction, subjects.pendingJobs(transaction, runId), delay);
    }

    /** One run. */
    public Optional<RunView<S>> find(Handle transaction, String id) {
        return runs.find(transaction, id).map(run -> view(transaction, run));
    }

    /** Runs asked for before a time, newest first. */
    public List<RunView<S>> newest(Handle transaction, Instant before, int limit) {
        return runs.newest(transaction, before, limit).stream()
                .map(run -> view(transaction, run))
                .toList();
    }

    /** Those of the runs that have not ended, by their ids. */
    Map<String, Run<S>> unfinished(Handle handle, Collection<String> runIds) {
        return runs.find(handle, runIds).stream()
                .filter(run -> !run.state().ended())
                .collect(Collectors.toMap(Run::id, run -> run));
    }

    /** A run that has not ended, locked until the transaction ends. */
    Optional<Run<S>> open(Handle transaction, String runId) {
        return runs.lock(transaction, runId).filter(run -> !run.state().ended());
    }

    /** Tells of progress after a subject was done, and ends the run when that was the last. */
    void advance(Handle transaction, Run<S> run) {
        if (!finishIfDone(transaction, run) && runs.progressDue(transaction, run.id(), progressEvery())) {
            reports.progressed(transaction, this, run);
        }
    }

    private boolean finishIfDone(Handle transaction, Run<S> run) {
        if (subjects.anyPending(transaction, run.id())) {
            return false;
        }
        RunState state = reports.counts(transaction, this, run).fruitless()
                ? run.state()
                        .failed("nothing came of any " + subject() + "; the first: "
                                + subjects.firstFailure(transaction, run.id()).orElse("no reason"))
                : run.state().succeeded();
        end(transaction, run.in(state));
        return true;
    }

    private void end(Handle transaction, Run<S> ended) {
        long output = reports.finished(transaction, this, ended);
        runs.end(transaction, ended, output);
        // what waited for its turn finds the run ended and goes too
        jobs.hasten(transaction, subjects.pendingJobs(transaction, ended.id()));
    }

    private RunView<S> view(Handle transaction, Run<S> run) {
        return new RunView<>(
                run,
                reports.counts(transaction, this, run),
                jobs.state(transaction, run.id()).orElse(null),
                run.state() instanceof RunState.Running ? teachers.pause(run.teacher()) : Optional.empty());
    }
}
