package io.minigpt.qageneration.store;

import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.qageneration.Counts;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.qageneration.Run;
import io.minigpt.qageneration.RunRequest;
import io.minigpt.qageneration.RunState;
import io.minigpt.qageneration.Teachers;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The life of runs. Each method is part of the caller's transaction and leaves a run that has ended as it is. */
@ApplicationScoped
public class Runs {

    /** Kind of the job that begins a run; its id is the run's. */
    public static final String RUN_JOB = "generation-run";

    /** Kind of the job that does one document of a run. */
    public static final String DOCUMENT_JOB = "generation-document";

    private final RunStore runs;
    private final RunDocumentStore documents;
    private final RunNotices notices;
    private final JobQueue jobs;
    private final GenerationConfig config;
    private final Teachers teachers;
    private final Prompts prompts;

    Runs(
            RunStore runs,
            RunDocumentStore documents,
            RunNotices notices,
            JobQueue jobs,
            GenerationConfig config,
            Teachers teachers,
            Prompts prompts) {
        this.runs = runs;
        this.documents = documents;
        this.notices = notices;
        this.jobs = jobs;
        this.config = config;
        this.teachers = teachers;
        this.prompts = prompts;
    }

    /** Adds a run that waits for its inputs, unless one with its id is there. One that cannot be done fails at once. */
    public void request(Handle transaction, RunRequest request, Cause cause) {
        PromptTemplate prompt = prompts.questions();
        Optional<Teacher> teacher = teachers.find(request.teacher());
        Run run = new Run(
                request.runId(),
                request.corpus(),
                request.prompt().isEmpty() ? prompt.name() : request.prompt(),
                prompt.version(),
                teacher.map(Teacher::name).orElse(request.teacher()),
                teacher.map(Teacher::version).orElse(""),
                request.maxDocuments(),
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
        } else if (!run.prompt().equals(prompt.name())) {
            end(
                    transaction,
                    run.in(run.state().failed("no prompt '" + request.prompt() + "'; there is " + prompt.name())));
        } else {
            jobs.submit(
                    transaction,
                    new Job(
                            run.id(),
                            RUN_JOB,
                            0,
                            new byte[0],
                            cause.correlationId(),
                            cause.eventId(),
                            inputs(request)));
        }
    }

    /** Fixes the documents of a run and queues those whose pairs are not complete. */
    public void begin(Handle transaction, String runId) {
        Optional<Run> open = open(transaction, runId);
        if (open.isEmpty()) {
            return;
        }
        Run run = open.get().in(open.get().state().started());
        CorpusLock.take(transaction, run.corpus());
        runs.start(transaction, run);
        documents.fix(transaction, run);
        jobs.submitAll(
                transaction,
                documents.pending(transaction, runId).stream()
                        .map(document -> Job.of(
                                document.jobId(), DOCUMENT_JOB, new byte[0], run.correlationId(), run.causationId()))
                        .toList());
        notices.started(transaction, run, documents.counts(transaction, runId));
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

    /** Tells of progress after a document was done, and ends the run when that was the last. */
    void advance(Handle transaction, Run run) {
        if (!finishIfDone(transaction, run) && runs.progressDue(transaction, run.id(), config.progressEvery())) {
            notices.progressed(transaction, run, documents.counts(transaction, run.id()));
        }
    }

    private boolean finishIfDone(Handle transaction, Run run) {
        if (documents.anyPending(transaction, run.id())) {
            return false;
        }
        boolean fruitless = documents.counts(transaction, run.id()).fruitless();
        RunState state = fruitless
                ? run.state()
                        .failed("nothing came of any document; the first: "
                                + documents.firstFailure(transaction, run.id()).orElse("no reason"))
                : run.state().succeeded();
        end(transaction, run.in(state));
        return true;
    }

    private void end(Handle transaction, Run ended) {
        Counts counts = documents.counts(transaction, ended.id());
        runs.end(transaction, ended, notices.finished(transaction, ended, counts));
    }

    private static List<StreamRevision> inputs(RunRequest request) {
        return request
                .corpusRevision()
                .map(revision -> StreamRevision.newBuilder()
                        .setStream("corpus/" + request.corpus())
                        .setRevision(revision)
                        .build())
                .stream()
                .toList();
    }
}
