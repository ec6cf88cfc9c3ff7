package io.minigpt.corpus.jobs;

import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Removes a body that was kept for an import, once it has ended: a file cannot be part of the transaction that says so. */
@ApplicationScoped
class UploadRemoval implements JobHandler {

    private static final Logger LOG = Logger.getLogger(UploadRemoval.class);
    private static final String KIND = "upload-removal";

    private final ImportSources sources;

    UploadRemoval(ImportSources sources) {
        this.sources = sources;
    }

    static Job job(String key) {
        return Job.of(KIND + "/" + key, KIND, key.getBytes(StandardCharsets.UTF_8), "", "");
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobLease lease) {
        sources.discard(key(lease.job()));
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        LOG.errorf("upload %s stays in the artifact store: %s", key(job), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        LOG.warnf("upload %s stays in the artifact store: %s", key(job), reason);
    }

    private static String key(Job job) {
        return new String(job.payload(), StandardCharsets.UTF_8);
    }
}
