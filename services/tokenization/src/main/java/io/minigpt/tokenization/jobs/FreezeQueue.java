package io.minigpt.tokenization.jobs;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.Templates;
import io.minigpt.tokenization.store.FreezeStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Accepts requests to freeze, from events and from the REST interface. */
@ApplicationScoped
public class FreezeQueue {

    private static final byte[] NO_PAYLOAD = {};

    private final FreezeStore freezes;
    private final Templates templates;
    private final JobQueue jobs;

    FreezeQueue(FreezeStore freezes, Templates templates, JobQueue jobs) {
        this.freezes = freezes;
        this.templates = templates;
        this.jobs = jobs;
    }

    /**
     * Queues a freeze unless one with its run id was queued before.
     *
     * @param correlationId the pipeline run it belongs to; empty if none
     * @param causationId id of the event that asked for it; empty if none
     * @throws InvalidRequestException if its template is unknown
     */
    public void submit(Handle transaction, Freeze freeze, String correlationId, String causationId) {
        templates.named(freeze.selection().template());
        if (freezes.add(transaction, freeze)) {
            jobs.submit(
                    transaction,
                    new Job(
                            freeze.runId(),
                            FreezeJob.KIND,
                            0,
                            NO_PAYLOAD,
                            correlationId,
                            causationId,
                            freeze.inputs()));
        }
    }

    /** Asks a freeze to stop; one that has ended stays as it is. */
    public void cancel(Handle transaction, String runId, String reason) {
        jobs.cancel(transaction, runId, reason.isBlank() ? "cancelled" : reason);
    }
}
