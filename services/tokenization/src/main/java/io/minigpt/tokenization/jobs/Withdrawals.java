package io.minigpt.tokenization.jobs;

import com.google.protobuf.Timestamp;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.dataset.v1.DatasetVersionWithdrawn;
import io.minigpt.tokenization.SealedVersion;
import io.minigpt.tokenization.VersionShare;
import io.minigpt.tokenization.store.ErasureLock;
import io.minigpt.tokenization.store.LineageStore;
import io.minigpt.tokenization.store.RecordStore;
import io.minigpt.tokenization.store.TrainedModelStore;
import io.minigpt.tokenization.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes versions back, because somebody deletes them or because something in them is erased: at once nobody gets their
 * files any more, and a job removes these.
 */
@ApplicationScoped
public class Withdrawals {

    private final RecordStore records;
    private final LineageStore lineage;
    private final VersionStore versions;
    private final TrainedModelStore models;
    private final JobQueue jobs;
    private final Outbox outbox;

    Withdrawals(
            RecordStore records,
            LineageStore lineage,
            VersionStore versions,
            TrainedModelStore models,
            JobQueue jobs,
            Outbox outbox) {
        this.records = records;
        this.lineage = lineage;
        this.versions = versions;
        this.models = models;
        this.jobs = jobs;
        this.outbox = outbox;
    }

    /**
     * Deletes a version that no registered model was trained on. One that is withdrawn already stays as it is.
     *
     * @throws ConflictException naming the models
     */
    public SealedVersion delete(Handle transaction, String name, int version, String reason) {
        SealedVersion found = find(transaction, name, version);
        List<String> trained = models.trainedOn(transaction, name, List.of(version)).stream()
                .map(model -> model.getModel() + ":" + model.getVersion())
                .toList();
        if (!trained.isEmpty()) {
            throw new ConflictException("version " + name + ":" + version + " is kept for the models trained on it: "
                    + String.join(", ", trained));
        }
        withdraw(transaction, name, version, found.version().getIdentity(), reason);
        return find(transaction, name, version);
    }

    /** Removes what a document or curated question said, everything made from it, and the files that it is in. */
    public void erase(Handle transaction, String recordId) {
        ErasureLock.exclusive(transaction);
        records.erase(transaction, recordId);
        for (VersionShare holder : lineage.versions(transaction, recordId)) {
            withdraw(
                    transaction,
                    holder.dataset(),
                    holder.version(),
                    holder.identity(),
                    "it held " + recordId + ", which was erased");
        }
    }

    private void withdraw(Handle transaction, String name, int version, String identity, String reason) {
        versions.withdraw(transaction, name, version, reason).ifPresent(withdrawal -> {
            DatasetVersionWithdrawn fact = DatasetVersionWithdrawn.newBuilder()
                    .setName(name)
                    .setVersion(version)
                    .setIdentity(identity)
                    .setReason(reason)
                    .setWithdrawnAt(Timestamp.newBuilder()
                            .setSeconds(withdrawal.at().getEpochSecond())
                            .setNanos(withdrawal.at().getNano()))
                    .build();
            outbox.publish(transaction, name + ":" + version, fact);
            jobs.submit(transaction, FileRemoval.job(name, version));
        });
    }

    private SealedVersion find(Handle transaction, String name, int version) {
        return versions.find(transaction, name, version)
                .orElseThrow(() -> new NotFoundException("version", name + ":" + version));
    }
}
