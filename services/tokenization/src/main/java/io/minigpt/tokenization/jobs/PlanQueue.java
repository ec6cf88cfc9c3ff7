package io.minigpt.tokenization.jobs;

import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Accepts requests for plans. */
@ApplicationScoped
public class PlanQueue {

    private final JobQueue jobs;

    PlanQueue(JobQueue jobs) {
        this.jobs = jobs;
    }

    /**
     * Queues a plan unless one with its run id was queued before.
     *
     * @param correlationId the pipeline run it belongs to; empty if none
     * @param causationId id of the event that asked for it
     */
    public void submit(
            Handle transaction, RegenerationPlanRequested request, String correlationId, String causationId) {
        jobs.submit(
                transaction,
                new Job(
                        request.getRunId(),
                        PlanJob.KIND,
                        0,
                        request.toByteArray(),
                        correlationId,
                        causationId,
                        request.getInputsList()));
    }

    /** Asks a plan to stop; one that is made stays. */
    public void cancel(Handle transaction, String runId, String reason) {
        jobs.cancel(transaction, runId, reason.isBlank() ? "cancelled" : reason);
    }
}
