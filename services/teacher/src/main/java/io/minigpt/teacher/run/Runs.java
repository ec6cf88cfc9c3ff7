package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.configuration.Teachers;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The life of a service's runs. Each method is part of the caller's transaction and leaves a run that has ended as it
 * is. A service extends it with its own scope, the choice of the subjects and its messages.
 *
 * @param <S> scope of a run: which subjects, and what is wanted of each
 */
public abstract class Runs<S> {

    private static final byte[] NO_PAYLOAD = {};

    // injected here, so that a service's constructor names only what is its own
    @Inject
    RunSubjects subjects;

    @Inject
    JobQueue jobs;

    @Inject
    Outbox outbox;

    @Inject
    Streams streams;

    @Inject
    Teachers teachers;

    private final String name;
    private final String subject;
    private final PromptTemplate prompt;
    private final Duration progressEvery;
    private final RunStore<S> runs = new RunStore<>(this::columns, this::scope);

    /**
     * Runs of one kind.
     *
     * @param name what they do, such as {@code generation}: begins the kinds of their jobs and their streams' names
     * @param subject what they go over, such as {@code document}
     * @param prompt the prompt that they ask with
     * @param progressEvery shortest time between two progress events of a run
     */
    protected Runs(String name, String subject, PromptTemplate prompt, Duration progressEvery) {
        this.name = name;
        this.subject = subject;
        this.prompt = prompt;
        this.progressEvery = progressEvery;
    }

    /** A scope as columns of the table {@code run}. */
    protected abstract Map<String, ?> columns(S scope);

    /** The scope in a row of the table {@code run}. */
    protected abstract S scope(ResultSet row) throws SQLException;

    /** The scope that is run when this one is asked for, with what is configured in place of what is left open. */
    protected abstract S settled(S asked);

    /** Why runs with this scope cannot be; empty if they can. */
    protected Optional<String> refusal(S scope) {
        return Optional.empty();
    }

    /** Results wanted of each subject; 0 if no number is wanted. */
    protected int wanted(S scope) {
        return 0;
    }

    /** Adds the subjects of a run to {@code run_subject}: pending ones, and reused ones with their results. */
    protected abstract void fix(Handle transaction, Run<S> run);

    /** Says that a run started. */
    protected abstract Message started(Run<S> run, Counts counts);

    /** Says how far a run is. */
    protected abstract Message progressed(Run<S> run, Counts counts);

    /** Says that a run ended. @param output revision of the stream that holds all results of the run's subjects */
    protected abstract Message finished(Run<S> run, Counts counts, Outcome outcome, StreamRevision output);

    /** Adds a run that waits for its inputs, unless one with its id is there. One that cannot be done fails at once. */
    public void request(Handle transaction, RunRequest<S> request, Cause cause) {
        Optional<Teacher> teacher = teachers.find(request.teacher());
        Run<S> run = new Run<>(
                request.runId(),
                request.corpus(),
                settled(request.scope()),
                prompt.version(),
                teacher.map(Teacher::name).orElse(request.teacher()),
                teacher.map(Teacher::version).orElse(""),
                new RunState.Waiting(),
                null,
                cause,
                Instant.now(),
                null,
                null);
        if (!runs.add(transaction, run)) {
            return;
        }
        Optional<String> refusal = teacher.isPresent()
                ? refusal(run.scope())
                : Optional.of(
                        "no teacher '" + request.teacher() + "' is configured; configured are " + teachers.names());
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
        publish(transaction, run, started(run, counts(transaction, run)));
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

    /** A run that has not ended. */
    Optional<Run<S>> unfinished(Handle transaction, String runId) {
        return runs.find(transaction, runId).filter(run -> !run.state().ended());
    }

    /** A run that has not ended, locked until the transaction ends. */
    Optional<Run<S>> open(Handle transaction, String runId) {
        return runs.lock(transaction, runId).filter(run -> !run.state().ended());
    }

    /** Tells of progress after a subject was done, and ends the run when that was the last. */
    void advance(Handle transaction, Run<S> run) {
        if (!finishIfDone(transaction, run) && runs.progressDue(transaction, run.id(), progressEvery)) {
            publish(transaction, run, progressed(run, counts(transaction, run)));
        }
    }

    /** What the runs do, such as {@code generation}. */
    public String name() {
        return name;
    }

    /** Kind of the job that begins a run; its id is the run's. */
    String runJob() {
        return name + "-run";
    }

    /** Kind of the job that does one subject of a run. */
    String subjectJob() {
        return name + "-" + subject;
    }

    /** What the runs go over. */
    String subject() {
        return subject;
    }

    /** The prompt that runs ask with from now on. */
    PromptTemplate prompt() {
        return prompt;
    }

    /** Numbers of facts by their types' names, without those of which there are none. */
    protected static Map<String, Long> published(Message generated, long many, Message retracted, long gone) {
        Map<String, Long> counts = new HashMap<>(Map.of(
                EventCatalog.of(generated).name(),
                many,
                EventCatalog.of(retracted).name(),
                gone));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private boolean finishIfDone(Handle transaction, Run<S> run) {
        if (subjects.anyPending(transaction, run.id())) {
            return false;
        }
        RunState state = counts(transaction, run).fruitless()
                ? run.state()
                        .failed("nothing came of any " + subject + "; the first: "
                                + subjects.firstFailure(transaction, run.id()).orElse("no reason"))
                : run.state().succeeded();
        end(transaction, run.in(state));
        return true;
    }

    private void end(Handle transaction, Run<S> ended) {
        StreamRevision output = streams.published(transaction, name + "/" + ended.corpus());
        Outcome outcome =
                switch (ended.state()) {
                    case RunState.Succeeded _ -> Outcome.OUTCOME_SUCCEEDED;
                    case RunState.Failed _ -> Outcome.OUTCOME_FAILED;
                    case RunState.Cancelled _ -> Outcome.OUTCOME_CANCELLED;
                    case RunState.Waiting _, RunState.Running _ ->
                        throw new IllegalStateException(
                                "a run that is " + ended.state().name() + " has not ended");
                };
        publish(transaction, ended, finished(ended, counts(transaction, ended), outcome, output));
        runs.end(transaction, ended, output.getRevision());
    }

    private void publish(Handle transaction, Run<S> run, Message message) {
        outbox.publish(
                transaction, run.id(), run.cause().correlationId(), run.cause().eventId(), message);
    }

    private Counts counts(Handle transaction, Run<S> run) {
        return subjects.counts(transaction, run.id(), wanted(run.scope()));
    }

    private RunView<S> view(Handle transaction, Run<S> run) {
        return new RunView<>(
                run, counts(transaction, run), jobs.state(transaction, run.id()).orElse(null));
    }
}
