package io.minigpt.worker.store;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.LeaseLostException;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.worker.CheckpointRetention;
import io.minigpt.worker.NewCheckpoint;
import io.minigpt.worker.RunFiles;
import io.minigpt.worker.StoredCheckpoint;
import io.minigpt.worker.Validation;
import io.minigpt.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Checkpoints as rows with files. The files come first and go last: a row only ever names files that are there, and a
 * file that no row names is removed by the next lease.
 */
@ApplicationScoped
class CheckpointStore {

    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);

    private final ArtifactStore artifacts;
    private final int newest;

    CheckpointStore(ArtifactStore artifacts, WorkerConfig config) {
        this.artifacts = artifacts;
        this.newest = config.keepCheckpoints();
    }

    List<StoredCheckpoint> of(JobLease lease) {
        return lease.transact(
                transaction -> CheckpointTable.of(transaction, lease.job().id()));
    }

    /** Stores a checkpoint, with further effects in its transaction, and removes those that are no longer kept. */
    void add(JobLease lease, Path folder, NewCheckpoint written, BiConsumer<Handle, Checkpoint> effects)
            throws IOException {
        String runId = lease.job().id();
        List<Artifact> files = store(folder, RunFiles.checkpoint(runId, lease.number(), written.step()));
        Checkpoint.Builder built = Checkpoint.newBuilder()
                .setStep(written.step())
                .addAllFiles(files)
                .setTrainLoss(written.trainLoss())
                .setValidationLoss(written.validation().map(Validation::loss).orElse(0.0))
                .setBitsPerByte(
                        written.validation().map(Validation::bitsPerByte).orElse(0.0));
        written.examination().score().ifPresent(built::setEvaluationScore);
        Checkpoint content = built.build();
        StoredCheckpoint checkpoint = new StoredCheckpoint(
                lease.number(),
                content,
                written.scheduled(),
                written.validation().isPresent(),
                written.totals());
        try {
            remove(lease.transact(transaction -> {
                CheckpointTable.put(transaction, runId, checkpoint);
                effects.accept(transaction, content);
                List<StoredCheckpoint> all = CheckpointTable.of(transaction, runId);
                return forget(transaction, runId, all, CheckpointRetention.keep(all, newest));
            }));
        } catch (LeaseLostException e) {
            // the worker that has the run now looked for such files when it began, and will not look again
            delete(files);
            throw e;
        }
    }

    /** Takes the rows of the checkpoints that are not kept. @return what was taken */
    static List<StoredCheckpoint> forget(
            Handle transaction, String runId, List<StoredCheckpoint> all, List<StoredCheckpoint> kept) {
        List<StoredCheckpoint> left = new ArrayList<>(all);
        left.removeAll(kept);
        left.forEach(checkpoint -> CheckpointTable.delete(transaction, runId, checkpoint));
        return left;
    }

    /** Removes the files of checkpoints whose rows are gone. */
    void remove(List<StoredCheckpoint> forgotten) throws IOException {
        for (StoredCheckpoint checkpoint : forgotten) {
            delete(checkpoint.content().getFilesList());
        }
    }

    /**
     * Removes what earlier leases left without a row. Files of this and of later leases are not touched.
     *
     * @param stored the run's checkpoints
     */
    void removeStrays(JobLease lease, List<StoredCheckpoint> stored) throws IOException {
        String runId = lease.job().id();
        artifacts.discardUnfinished(RunFiles.folder(runId), key -> RunFiles.leaseOf(runId, key) < lease.number());
        List<String> keys = artifacts.list(RunFiles.folder(runId));
        Set<String> named = new HashSet<>();
        stored.forEach(checkpoint -> checkpoint.content().getFilesList().forEach(file -> named.add(file.getKey())));
        for (String key : keys) {
            if (!named.contains(key) && RunFiles.leaseOf(runId, key) < lease.number()) {
                LOG.infof("removing %s, which an earlier lease left unfinished", key);
                artifacts.delete(key);
            }
        }
    }

    private void delete(List<Artifact> files) throws IOException {
        for (Artifact file : files) {
            artifacts.delete(file.getKey());
        }
    }

    private List<Artifact> store(Path folder, String prefix) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        List<Artifact> stored = new ArrayList<>();
        for (Path file : files) {
            stored.add(artifacts.put(prefix + "/" + file.getFileName(), file));
        }
        return stored;
    }
}
