package io.minigpt.qageneration.jobs;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.qageneration.Interview;
import io.minigpt.qageneration.Run;
import io.minigpt.qageneration.Teachers;
import io.minigpt.qageneration.store.CallStore;
import io.minigpt.qageneration.store.DocumentWork;
import io.minigpt.qageneration.store.Runs;
import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Asks a teacher about one document of a run. A call that is being made is always finished, so that no reply is lost. */
@ApplicationScoped
class DocumentJob implements JobHandler {

    private final Database database;
    private final Runs runs;
    private final DocumentWork work;
    private final CallStore calls;
    private final Teachers teachers;
    private final Prompts prompts;
    private final GenerationConfig config;

    DocumentJob(
            Database database,
            Runs runs,
            DocumentWork work,
            CallStore calls,
            Teachers teachers,
            Prompts prompts,
            GenerationConfig config) {
        this.database = database;
        this.runs = runs;
        this.work = work;
        this.calls = calls;
        this.teachers = teachers;
        this.prompts = prompts;
        this.config = config;
    }

    @Override
    public String kind() {
        return Runs.DOCUMENT_JOB;
    }

    @Override
    public int slots() {
        return teachers.concurrency();
    }

    @Override
    public void run(JobLease lease) throws InterruptedException {
        String jobId = lease.job().id();
        Optional<DocumentWork.Task> found = work.task(jobId);
        if (found.isEmpty()) {
            lease.succeed(transaction -> work.skip(transaction, jobId));
            return;
        }
        DocumentWork.Task task = found.get();
        Run run = task.run();
        Optional<Teacher> teacher = teachers.find(run.teacher());
        if (!teacher.map(Teacher::version).equals(Optional.of(run.teacherVersion()))
                || !prompts.questions().version().equals(run.promptVersion())) {
            String reason = "teacher '" + run.teacher() + "' or prompt '" + run.prompt()
                    + "' was reconfigured after the run was asked for; ask for a new one";
            lease.succeed(transaction -> runs.fail(transaction, run.id(), reason));
            return;
        }
        try {
            Findings findings = Interview.about(
                    task.subject(),
                    teacher.get(),
                    run.promptVersion(),
                    config,
                    new LeasedCalls(database, lease, calls, work, task));
            lease.succeed(transaction -> work.complete(transaction, task, findings));
        } catch (FatalTeacherException e) {
            // every other document would meet the same
            lease.succeed(transaction -> runs.fail(transaction, run.id(), e.getMessage()));
        } catch (LeasedCalls.RunEndedException e) {
            lease.succeed(transaction -> {});
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        work.giveUp(transaction, job.id(), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        work.giveUp(transaction, job.id(), reason);
    }
}
