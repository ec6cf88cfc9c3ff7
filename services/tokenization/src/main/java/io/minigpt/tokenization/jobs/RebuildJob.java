package io.minigpt.tokenization.jobs;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.tokenization.FileProof;
import io.minigpt.tokenization.Rebuild;
import io.minigpt.tokenization.TokenizationConfig;
import io.minigpt.tokenization.store.RebuildStore;
import io.minigpt.tokenization.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Makes the files of a version again and keeps what was found; the version itself is not touched. */
@ApplicationScoped
class RebuildJob implements JobHandler {

    static final String KIND = "rebuild";

    private final Database database;
    private final RebuildStore rebuilds;
    private final VersionStore versions;
    private final FileProofs proofs;
    private final TokenizationConfig config;

    RebuildJob(
            Database database,
            RebuildStore rebuilds,
            VersionStore versions,
            FileProofs proofs,
            TokenizationConfig config) {
        this.database = database;
        this.rebuilds = rebuilds;
        this.versions = versions;
        this.proofs = proofs;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobLease lease) throws IOException {
        DatasetVersion version = database.read(transaction -> {
            Rebuild rebuild = rebuilds.find(transaction, lease.job().id()).orElseThrow();
            return versions.find(transaction, rebuild.dataset(), rebuild.version())
                    .orElseThrow()
                    .version();
        });
        try (WorkFolder folder = WorkFolder.create(config.workFolder(), lease)) {
            List<FileProof> found = proofs.of(version, folder.path(), (entries, done) -> {
                lease.checkCancelled();
                lease.checkDraining();
            });
            lease.succeed(
                    transaction -> rebuilds.finish(transaction, lease.job().id(), "succeeded", null, found));
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        rebuilds.finish(transaction, job.id(), "failed", reason, List.of());
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        rebuilds.finish(transaction, job.id(), "cancelled", reason, List.of());
    }
}
