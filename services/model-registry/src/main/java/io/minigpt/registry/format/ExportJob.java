package io.minigpt.registry.format;

import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.export.GgufExport;
import io.minigpt.gpt.export.GgufType;
import io.minigpt.gpt.export.HuggingFaceExport;
import io.minigpt.gpt.export.UnsupportedModelException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.DamagedArtifactException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.store.ExportOrder;
import io.minigpt.registry.store.ExportStore;
import io.minigpt.registry.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Makes a version's files in another program's format, one version at a time. */
@ApplicationScoped
class ExportJob implements JobHandler {

    private static final Logger LOG = Logger.getLogger(ExportJob.class);

    /** What exports read of a checkpoint; the optimizer's state is larger than both and stays where it is. */
    private static final Set<String> NEEDED = Set.of(Checkpoint.MODEL_FILE, Checkpoint.METADATA_FILE);

    private final Database database;
    private final VersionStore versions;
    private final ExportStore exports;
    private final ArtifactStore artifacts;

    ExportJob(Database database, VersionStore versions, ExportStore exports, ArtifactStore artifacts) {
        this.database = database;
        this.versions = versions;
        this.exports = exports;
        this.artifacts = artifacts;
    }

    @Override
    public String kind() {
        return ExportStore.JOB_KIND;
    }

    @Override
    public void run(JobLease lease) throws Exception {
        ExportOrder order = ExportOrder.of(lease.job().payload());
        RegisteredVersion version = database.read(transaction -> versions.find(transaction, order.version()))
                .orElseThrow(() -> new PermanentFailureException("version " + order.version() + " is deleted"));
        try (ExportFolder folder = ExportFolder.create()) {
            Path checkpoint = checkpoint(folder, version);
            lease.checkCancelled();
            Path made = Files.createDirectory(folder.path().resolve("made"));
            write(order, checkpoint, made);
            lease.checkCancelled();
            List<Artifact> files = store(lease, made);
            finish(lease, order, files);
        } catch (CorruptCheckpointException | DamagedArtifactException | UnsupportedModelException e) {
            throw new PermanentFailureException(e.getMessage(), e);
        }
    }

    /** A version that was deleted meanwhile leaves nothing behind. */
    private void finish(JobLease lease, ExportOrder order, List<Artifact> files) throws IOException {
        try {
            lease.succeed(transaction -> {
                versions.lock(transaction, order.version().model());
                if (versions.find(transaction, order.version()).isEmpty()) {
                    throw new PermanentFailureException("version " + order.version() + " was deleted meanwhile");
                }
                exports.made(transaction, order, files);
            });
        } catch (PermanentFailureException e) {
            for (Artifact file : files) {
                artifacts.delete(file.getKey());
            }
            throw e;
        }
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        LOG.warnf(
                "%s of %s failed: %s",
                ExportOrder.of(job.payload()).format().label(),
                ExportOrder.of(job.payload()).version(),
                reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        failed(transaction, job, reason);
    }

    private Path checkpoint(ExportFolder folder, RegisteredVersion version) throws IOException {
        Path checkpoint = Files.createDirectory(folder.path().resolve("checkpoint"));
        for (Artifact file : version.files()) {
            if (!NEEDED.contains(file.getName())) {
                continue;
            }
            Files.createSymbolicLink(
                    checkpoint.resolve(file.getName()), artifacts.local(file).toAbsolutePath());
        }
        return checkpoint;
    }

    private static void write(ExportOrder order, Path checkpoint, Path made) throws IOException {
        String name = order.version().model() + "-" + order.version().version();
        Path gguf = made.resolve(name + ".gguf");
        switch (order.format()) {
            case HUGGING_FACE -> HuggingFaceExport.write(checkpoint, name, made.resolve(name));
            case GGUF_F32 -> GgufExport.write(checkpoint, name, GgufType.F32, gguf);
            case GGUF_BF16 -> GgufExport.write(checkpoint, name, GgufType.BF16, gguf);
            case GGUF_Q8_0 -> GgufExport.write(checkpoint, name, GgufType.Q8_0, gguf);
        }
    }

    /** Each lease has keys of its own: no lease can overwrite another's. */
    private List<Artifact> store(JobLease lease, Path made) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(made)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        List<Artifact> stored = new ArrayList<>();
        for (Path file : files) {
            stored.add(artifacts.put(
                    "exports/" + lease.job().id() + "/" + lease.number() + "/" + file.getFileName(), file));
        }
        return stored;
    }
}
