package io.minigpt.teacher.run;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.database.SharedTransactions;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.SharedEndings;
import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherBusyException;
import io.minigpt.teacher.calls.CallKey;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.calls.CallStore;
import io.minigpt.teacher.calls.FailedCalls;
import io.minigpt.teacher.configuration.Teachers;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
public abstract class SubjectJob<S, C, K extends CallKey, F> implements JobHandler, SubjectResults<S, C, F> {

    private static final Logger LOG = Logger.getLogger(SubjectJob.class);

    private record Task<S, C>(Run<S> run, Supplier<C> content) {}

    // injected here, so that a service's constructor names only what is its own
    @Inject
    Database database;

    @Inject
    RunSubjects subjects;

    @Inject
    Teachers teachers;

    @Inject
    Spending spending;

    @Inject
    FailedCalls failures;

    private final Runs<S> runs;
    private final CallStore<K> calls;
    private SubjectEndings<S, C, F> endings;
    private SharedTransactions<String, Optional<Task<S, C>>> tasks;
    private SharedLedger<S, K> ledger;
    private SharedEndings<Map.Entry<String, Outcome<C, F>>> shared;

    protected SubjectJob(Runs<S> runs, CallStore<K> calls) {
        this.runs = runs;
        this.calls = calls;
    }

    @PostConstruct
    void begin() {
        endings = new SubjectEndings<>(runs, subjects, calls, this);
        tasks = SharedTransactions.reading(database, this::tasks);
        ledger = new SharedLedger<>(database, runs, calls);
        shared = new SharedEndings<>(
                database,
                (transaction, outcomes) -> endings.end(
                        transaction,
                        outcomes.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /** What subjects say, by their ids: those that count now and still say what they said when the run began. */
    protected abstract Map<String, Supplier<C>> contents(Handle handle, List<RunSubject> subjects);

    /**
     * Asks the teacher; what the ledger has is not asked again.
     *
     * @throws InterruptedException if the thread is interrupted during a call
     */
    protected abstract F ask(Run<S> run, C content, Teacher teacher, CallLedger<K> ledger) throws InterruptedException;

    @Override
    public String kind() {
        return runs.subjectJob();
    }

    /** More than the teachers take at a time, so that one is asked while another subject's results are published. */
    @Override
    public int slots() {
        return teachers.concurrency() * 3 / 2 + 2;
    }

    @Override
    public void run(JobLease lease) throws InterruptedException {
        String jobId = lease.job().id();
        Optional<Task<S, C>> task = tasks.run(jobId);
        if (task.isEmpty()) {
            shared.succeed(lease, Map.entry(jobId, new Outcome.NothingToAsk<>()));
            return;
        }
        Run<S> run = task.get().run();
        C content = task.get().content().get();
        Optional<Teacher> teacher =
                teachers.find(run.teacher()).filter(found -> found.version().equals(run.teacherVersion()));
        if (teacher.isEmpty() || !runs.promptVersion(run.scope()).equals(run.promptVersion())) {
            String reason = "teacher '" + run.teacher()
                    + "' or the prompt was reconfigured after the run was asked for; ask for a new one";
            lease.succeed(transaction -> runs.fail(transaction, run.id(), reason));
            return;
        }
        try {
            CallLedger<K> replies = new LeasedCalls<>(database, lease, ledger, runs, spending, run.id());
            F findings = failures.counting(run.id(), () -> ask(run, content, teacher.get(), replies));
            shared.succeed(lease, Map.entry(jobId, new Outcome.Asked<>(content, findings)));
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
        endings.end(transaction, Map.of(job.id(), new Outcome.GivenUp<>(reason)));
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        failed(transaction, job, reason);
    }

    /** What jobs have to do; empty for one with nothing to ask: the run has ended, the subject is complete or gone. */
    private List<Optional<Task<S, C>>> tasks(Handle handle, List<String> jobIds) {
        Map<String, List<RunSubject>> byRun =
                subjects.ofJobs(handle, jobIds).stream().collect(Collectors.groupingBy(RunSubject::runId));
        Map<String, Task<S, C>> byJob = new HashMap<>();
        runs.unfinished(handle, byRun.keySet()).forEach((runId, run) -> {
            Set<String> complete = complete(handle, run, byRun.get(runId)).keySet();
            List<RunSubject> open = byRun.get(runId).stream()
                    .filter(subject -> !complete.contains(subject.id()))
                    .toList();
            Map<String, Supplier<C>> contents = contents(handle, open);
            open.stream()
                    .filter(subject -> contents.containsKey(subject.id()))
                    .forEach(subject -> byJob.put(subject.jobId(), new Task<>(run, contents.get(subject.id()))));
        });
        return jobIds.stream()
                .map(jobId -> Optional.ofNullable(byJob.get(jobId)))
                .toList();
    }

    /** The lock that resuming takes too: a job is either put back before, and hastened, or goes on at once. */
    private boolean isPaused(Handle transaction, String runId) {
        return runs.open(transaction, runId)
                .filter(run -> run.state() instanceof RunState.Paused)
                .isPresent();
    }
}
