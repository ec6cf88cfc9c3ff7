package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.registry.RegisteredVersion.DatasetReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where versions come from: the dataset versions, and what a run said when it began. */
@ApplicationScoped
public class LineageStore {

    /**
     * A dataset version.
     *
     * @param version with its counts
     * @param sealed with its inputs, once the sealing has been heard of
     */
    public record Dataset(DatasetVersion version, Optional<DatasetVersionSealed> sealed) {}

    /** Notes what a run said at its start; an older lease changes nothing. */
    public void started(Handle transaction, TrainingStarted start) {
        transaction
                .createUpdate("""
                        insert into training_start (run_id, lease, parameters) values (:run, :lease, :parameters)
                        on conflict (run_id) do update set lease = excluded.lease, parameters = excluded.parameters
                            where excluded.lease > training_start.lease
                        """)
                .bind("run", start.getRunId())
                .bind("lease", start.getLease())
                .bind("parameters", start.getParameters())
                .execute();
    }

    /** Parameters that a run's model has, if it said so. */
    Optional<Long> parameters(Handle transaction, String runId) {
        return transaction
                .createQuery("select parameters from training_start where run_id = :run and parameters > 0")
                .bind("run", runId)
                .mapTo(Long.class)
                .findOne();
    }

    /** Notes a dataset version that a run used. */
    void used(Handle transaction, DatasetVersion version) {
        transaction
                .createUpdate("""
                        insert into dataset_version (name, version, message) values (:name, :version, :message)
                        on conflict (name, version) do nothing
                        """)
                .bind("name", version.getName())
                .bind("version", version.getVersion())
                .bind("message", version.toByteArray())
                .execute();
    }

    /** Notes that a dataset version was sealed. */
    public void sealed(Handle transaction, DatasetVersionSealed sealed) {
        transaction
                .createUpdate("""
                        insert into dataset_version (name, version, message, sealed)
                        values (:name, :version, :message, :sealed)
                        on conflict (name, version) do update set message = excluded.message, sealed = excluded.sealed
                        """)
                .bind("name", sealed.getVersion().getName())
                .bind("version", sealed.getVersion().getVersion())
                .bind("message", sealed.getVersion().toByteArray())
                .bind("sealed", sealed.toByteArray())
                .execute();
    }

    /** A dataset version that was used or sealed. */
    public Optional<Dataset> dataset(Handle transaction, DatasetReference reference) {
        return transaction
                .createQuery("select message, sealed from dataset_version where name = :name and version = :version")
                .bind("name", reference.name())
                .bind("version", reference.version())
                .map((row, context) -> new Dataset(
                        Columns.message(row.getBytes("message"), DatasetVersion.getDefaultInstance()),
                        Optional.ofNullable(row.getBytes("sealed"))
                                .map(bytes -> Columns.message(bytes, DatasetVersionSealed.getDefaultInstance()))))
                .findOne();
    }
}
