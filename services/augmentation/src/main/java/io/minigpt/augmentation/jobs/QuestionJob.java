package io.minigpt.augmentation.jobs;

import io.minigpt.augmentation.AugmentationConfig;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Rewording;
import io.minigpt.augmentation.Run;
import io.minigpt.augmentation.Teachers;
import io.minigpt.augmentation.store.CallStore;
import io.minigpt.augmentation.store.ParentWork;
import io.minigpt.augmentation.store.Runs;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.VariantCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Asks a teacher about one question of a run. A call that is being made is always finished: no reply is lost. */
@ApplicationScoped
class QuestionJob implements JobHandler {

    private final Database database;
    private final Runs runs;
    private final ParentWork work;
    private final CallStore calls;
    private final Teachers teachers;
    private final Prompts prompts;
    private final AugmentationConfig config;
    private final VariantCheck check;

    QuestionJob(
            Database database,
            Runs runs,
            ParentWork work,
            CallStore calls,
            Teachers teachers,
            Prompts prompts,
            AugmentationConfig config) {
        this.database = database;
        this.runs = runs;
        this.work = work;
        this.calls = calls;
        this.teachers = teachers;
        this.prompts = prompts;
        this.config = config;
        this.check = new VariantCheck(config.minDistance(), config.maxDistance());
    }

    @Override
    public String kind() {
        return Runs.QUESTION_JOB;
    }

    @Override
    public int slots() {
        return teachers.concurrency();
    }

    @Override
    public void run(JobLease lease) throws InterruptedException {
        String jobId = lease.job().id();
        Optional<ParentWork.Task> found = work.task(jobId);
        if (found.isEmpty()) {
            lease.succeed(transaction -> work.skip(transaction, jobId));
            return;
        }
        ParentWork.Task task = found.get();
        Run run = task.run();
        Optional<Teacher> teacher = teachers.find(run.teacher());
        if (!teacher.map(Teacher::version).equals(Optional.of(run.teacherVersion()))
                || !prompts.variants().version().equals(run.promptVersion())) {
            String reason = "teacher '" + run.teacher()
                    + "' or the prompt was reconfigured after the run was asked for; ask for a new one";
            lease.succeed(transaction -> runs.fail(transaction, run.id(), reason));
            return;
        }
        Rewording rewording = new Rewording(
                teacher.get(), run.promptVersion(), Run.RECIPE, run.variants(), config.maxAttempts(), check);
        try {
            Findings findings = rewording.of(task.parent(), new LeasedCalls(database, lease, calls, work, task));
            lease.succeed(transaction -> work.complete(transaction, task, findings));
        } catch (FatalTeacherException e) {
            // every other question would meet the same
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
