package io.minigpt.tokenization.jobs;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Removes the files of a withdrawn version, unless another version with the same content needs them. */
@ApplicationScoped
class FileRemoval implements JobHandler {

    private static final Logger LOG = Logger.getLogger(FileRemoval.class);
    private static final String KIND = "file-removal";

    private final Database database;
    private final VersionStore versions;
    private final ArtifactStore artifacts;

    FileRemoval(Database database, VersionStore versions, ArtifactStore artifacts) {
        this.database = database;
        this.versions = versions;
        this.artifacts = artifacts;
    }

    static Job job(String name, int version) {
        String id = KIND + "/" + name + ":" + version;
        return Job.of(id, KIND, (name + ":" + version).getBytes(StandardCharsets.UTF_8), "", "");
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobLease lease) {
        String version = version(lease.job());
        int colon = version.lastIndexOf(':');
        String name = version.substring(0, colon);
        int number = Integer.parseInt(version.substring(colon + 1));
        database.run(transaction -> {
            DatasetVersion found =
                    versions.find(transaction, name, number).orElseThrow().version();
            // sealing takes this lock too, and looks whether its files are still there
            versions.lock(transaction, name, Purpose.of(found.getKind()));
            if (!versions.hasFiles(transaction, name, found.getIdentity())) {
                remove(VersionFolder.of(name, found.getIdentity()));
            }
        });
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        LOG.errorf("files of the withdrawn version %s stay in the artifact store: %s", version(job), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        failed(transaction, job, reason);
    }

    private void remove(String folder) {
        try {
            artifacts.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("files under " + folder + " cannot be removed", e);
        }
    }

    private static String version(Job job) {
        return new String(job.payload(), StandardCharsets.UTF_8);
    }
}
