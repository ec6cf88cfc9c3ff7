package io.minigpt.teacher.run;

import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** Begins a run when its inputs have arrived. */
@Singleton
class RunJob implements JobHandler {

    private final Runs<?> runs;

    RunJob(Runs<?> runs) {
        this.runs = runs;
    }

    @Override
    public String kind() {
        return runs.runJob();
    }

    @Override
    public void run(JobLease lease) {
        lease.succeed(transaction -> runs.begin(transaction, lease.job().id()));
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        runs.fail(transaction, job.id(), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        runs.cancel(transaction, job.id(), reason);
    }
}
