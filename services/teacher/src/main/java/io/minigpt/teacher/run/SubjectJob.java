package io.minigpt.teacher.run;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherBusyException;
import io.minigpt.teacher.calls.CallKey;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.calls.CallStore;
import io.minigpt.teacher.configuration.Teachers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Asks a teacher about one subject of a run. A call that is being made is always finished, so that no reply is lost. A
 * service extends it with what it asks and what it makes of the replies.
 *
 * @param <S> scope of its runs
 * @param <C> what a subject says
 * @param <K> what identifies a call
 * @param <F> what the replies about a subject hold
 */
public abstract class SubjectJob<S, C, K extends CallKey, F> implements JobHandler {

    private static final Logger LOG = Logger.getLogger(SubjectJob.class);
    /** Subjects that fail, and none that does not, before the run is taken to be without hope. */
    private static final int HOPELESS = 20;

    private record Task<S, C>(Run<S> run, C content) {}

    // injected here, so that a service's constructor names only what is its own
    @Inject
    Database database;

    @Inject
    RunSubjects subjects;

    @Inject
    Teachers teachers;

    @Inject
    Spending spending;

    private final Runs<S> runs;
    private final CallStore<K> calls;

    protected SubjectJob(Runs<S> runs, CallStore<K> calls) {
        this.runs = runs;
        this.calls = calls;
    }

    /** Number of results, if the subject has all that the run would make. */
    protected abstract Optional<Integer> complete(Handle transaction, Run<S> run, RunSubject subject);

    /** What the subject says, if it counts now and still says what it said when the run began. */
    protected abstract Optional<C> content(Handle transaction, RunSubject subject);

    /** As {@link #content}, without reading it. */
    protected boolean isActive(Handle transaction, RunSubject subject) {
        return content(transaction, subject).isPresent();
    }

    /**
     * Asks the teacher; what the ledger has is not asked again.
     *
     * @throws InterruptedException if the thread is interrupted during a call
     */
    protected abstract F ask(Run<S> run, C content, Teacher teacher, CallLedger<K> ledger) throws InterruptedException;

    /** Publishes what was found. The run and the corpus are locked. */
    protected abstract Ending publish(Handle transaction, Run<S> run, RunSubject subject, C content, F findings);

    /** Notes more than that a subject was given up. */
    protected void gaveUp(Handle transaction, Run<S> run, RunSubject subject, String reason) {}

    @Override
    public String kind() {
        return runs.subjectJob();
    }

    /** More than the teachers take at a time, so that one is asked while another subject's results are published. */
    @Override
    public int slots() {
        return teachers.concurrency() * 3 / 2 + 2;
    }

    /** Ending a subject locks its run and its corpus. */
    @Override
    public boolean endsTogether() {
        return true;
    }

    @Override
    public void run(JobLease lease) throws InterruptedException {
        String jobId = lease.job().id();
        Optional<Task<S, C>> task = database.read(handle -> task(handle, jobId));
        if (task.isEmpty()) {
            lease.succeed(transaction -> skip(transaction, jobId));
            return;
        }
        Run<S> run = task.get().run();
        C content = task.get().content();
        Optional<Teacher> teacher =
                teachers.find(run.teacher()).filter(found -> found.version().equals(run.teacherVersion()));
        if (teacher.isEmpty() || !runs.promptVersion(run.scope()).equals(run.promptVersion())) {
            String reason = "teacher '" + run.teacher()
                    + "' or the prompt was reconfigured after the run was asked for; ask for a new one";
            lease.succeed(transaction -> runs.fail(transaction, run.id(), reason));
            return;
        }
        try {
            F findings = ask(
                    run, content, teacher.get(), new LeasedCalls<>(database, lease, calls, runs, spending, run.id()));
            lease.succeed(transaction ->
                    end(transaction, jobId, (open, subject) -> publish(transaction, open, subject, content, findings)));
        } catch (FatalTeacherException e) {
            lease.succeed(transaction -> {
                if (e.kind() == FatalTeacherException.Kind.BAD_REQUEST) {
                    failed(transaction, lease.job(), e.getMessage());
                } else {
                    // every other subject would meet the same
                    runs.fail(transaction, run.id(), e.getMessage());
                }
            });
        } catch (TeacherBusyException e) {
            LOG.infof("run %s waits %d ms: %s", run.id(), e.retryAfter().toMillis(), e.getMessage());
            lease.putBack(transaction -> {
                runs.postpone(transaction, run.id(), e.retryAfter());
                return e.retryAfter();
            });
        } catch (LeasedCalls.RunPausedException e) {
            lease.putBack(transaction -> isPaused(transaction, run.id()) ? LeasedCalls.UNTIL_RESUMED : Duration.ZERO);
        } catch (LeasedCalls.RunEndedException e) {
            lease.succeed(transaction -> {});
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        end(transaction, job.id(), (run, subject) -> {
            gaveUp(transaction, run, subject, reason);
            return Ending.without(Ending.State.FAILED, reason);
        });
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        failed(transaction, job, reason);
    }

    /** What a job has to do; empty if there is nothing to ask: the run has ended, or the subject is gone or complete. */
    private Optional<Task<S, C>> task(Handle handle, String jobId) {
        return subjects.ofJob(handle, jobId)
                .flatMap(subject -> runs.unfinished(handle, subject.runId())
                        .filter(run -> complete(handle, run, subject).isEmpty())
                        .flatMap(run -> content(handle, subject).map(content -> new Task<>(run, content))));
    }

    /** The lock that resuming takes too: a job is either put back before, and hastened, or goes on at once. */
    private boolean isPaused(Handle transaction, String runId) {
        return runs.open(transaction, runId)
                .filter(run -> run.state() instanceof RunState.Paused)
                .isPresent();
    }

    private void skip(Handle transaction, String jobId) {
        end(transaction, jobId, (run, subject) -> {
            throw new IllegalStateException(
                    runs.subject() + " " + subject.id() + " has come back meanwhile; it will be tried again");
        });
    }

    /** Ends a subject in its own way unless it is complete or gone, and lets the run go on. */
    private void end(Handle transaction, String jobId, BiFunction<Run<S>, RunSubject, Ending> own) {
        Optional<RunSubject> pending = subjects.ofJob(transaction, jobId);
        Optional<Run<S>> open = pending.flatMap(subject -> runs.open(transaction, subject.runId()));
        if (open.isEmpty()) {
            return;
        }
        RunSubject subject = pending.get();
        Run<S> run = open.get();
        CorpusLock.take(transaction, run.corpus());
        Optional<Integer> complete = complete(transaction, run, subject);
        Ending ending;
        if (complete.isPresent()) {
            ending = new Ending(Ending.State.REUSED, null, complete.get(), 0, 0);
        } else if (isActive(transaction, subject)) {
            ending = own.apply(run, subject);
        } else {
            ending = Ending.without(
                    Ending.State.GONE, "the " + runs.subject() + " was retracted or says something else now");
        }
        subjects.end(transaction, subject, ending);
        if (ending.state() == Ending.State.FAILED && isHopeless(transaction, run)) {
            runs.fail(
                    transaction,
                    run.id(),
                    "the teacher answered nothing about the first " + HOPELESS + " " + runs.subject() + "s; the last: "
                            + ending.reason());
        } else {
            runs.advance(transaction, run);
        }
    }

    private boolean isHopeless(Handle transaction, Run<S> run) {
        return subjects.onlyFailed(transaction, run.id(), HOPELESS) && !calls.anyOf(transaction, run.id());
    }
}
