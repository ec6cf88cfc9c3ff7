package io.minigpt.tokenization.jobs;

import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.tokenization.store.RebuildStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Accepts requests to rebuild versions. */
@ApplicationScoped
public class RebuildQueue {

    private static final byte[] NO_PAYLOAD = {};

    private final RebuildStore rebuilds;
    private final JobQueue jobs;

    RebuildQueue(RebuildStore rebuilds, JobQueue jobs) {
        this.rebuilds = rebuilds;
        this.jobs = jobs;
    }

    /** Queues a rebuild of a version that exists. @return its id */
    public String submit(Handle transaction, String name, int version) {
        String id = UUID.randomUUID().toString();
        rebuilds.add(transaction, id, name, version);
        jobs.submit(transaction, Job.of(id, RebuildJob.KIND, NO_PAYLOAD, "", ""));
        return id;
    }
}
