package io.minigpt.worker.store;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.worker.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** The queue that all workers of this database share. */
@ApplicationScoped
public class RunQueue {

    private static final Logger LOG = Logger.getLogger(RunQueue.class);

    private final JobQueue jobs;

    public RunQueue(JobQueue jobs) {
        this.jobs = jobs;
    }

    /** Queues a run unless one with its id was queued before. @param cause the event that asks for it */
    public void submit(Handle transaction, String runId, int priority, Work work, Event<?> cause) {
        Job job = new Job(runId, Work.JOB_KIND, priority, work.toBytes(), cause.correlationId(), cause.id(), List.of());
        if (!jobs.submit(transaction, job)) {
            LOG.infof("run %s was requested before; it is not queued again", runId);
        }
    }
}
