package io.minigpt.registry.store;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Versions and their figures as rows. */
@ApplicationScoped
public class VersionStore {

    /** Takes the next number of a model, which stays locked until the transaction ends. */
    int nextNumber(Handle transaction, String model) {
        return transaction
                .createQuery("""
                        insert into model (name, last_version) values (:model, 1)
                        on conflict (name) do update set last_version = model.last_version + 1
                        returning last_version
                        """)
                .bind("model", model)
                .mapTo(Integer.class)
                .one();
    }

    /** Locks a model until the transaction ends, so that its aliases and versions change one after the other. */
    public void lock(Handle transaction, String model) {
        boolean missing = transaction
                .createQuery("select name from model where name = :model for update")
                .bind("model", model)
                .mapTo(String.class)
                .findOne()
                .isEmpty();
        if (missing) {
            throw new NotFoundException("model", model);
        }
    }

    /** Whether a checkpoint was registered before, even if its version is deleted now. */
    boolean knows(Handle transaction, String runId, long step) {
        return transaction
                .createQuery("select exists (select 1 from model_version where run_id = :run and step = :step)")
                .bind("run", runId)
                .bind("step", step)
                .mapTo(Boolean.class)
                .one();
    }

    void add(Handle transaction, RegisteredVersion version, ModelVersion message) {
        transaction
                .createUpdate("""
                        insert into model_version (model, version, stage, run_id, step, selected, roles, dataset,
                            dataset_version, dataset_identity, corpus, base_model, base_version, parameters,
                            model_configuration, training_configuration, device, engine, code_version, tokens_seen,
                            duration_millis, registered_at, message)
                        values (:model, :version, :stage, :run, :step, :selected, :roles, :dataset,
                            :datasetVersion, :identity, :corpus, :baseModel, :baseVersion, :parameters,
                            :modelConfiguration::json, :trainingConfiguration::json, :device, :engine, :code, :tokens,
                            :duration, :registered, :message)
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("stage", version.stage().label())
                .bind("run", version.runId())
                .bind("step", version.step())
                .bind("selected", version.selected())
                .bind("roles", version.roles().toArray(String[]::new))
                .bind("dataset", version.dataset().name())
                .bind("datasetVersion", version.dataset().version())
                .bind("identity", version.dataset().identity())
                .bind("corpus", version.corpus())
                .bind("baseModel", version.base().map(VersionReference::model).orElse(null))
                .bind(
                        "baseVersion",
                        version.base().map(VersionReference::version).orElse(null))
                .bind("parameters", version.parameters().orElse(null))
                .bind("modelConfiguration", version.modelConfiguration().orElse(null))
                .bind("trainingConfiguration", version.trainingConfiguration().orElse(null))
                .bind("device", version.provenance().device())
                .bind("engine", version.provenance().engine())
                .bind("code", version.provenance().codeVersion())
                .bind("tokens", version.provenance().tokensSeen())
                .bind("duration", version.provenance().durationMillis())
                .bind("registered", version.registeredAt())
                .bind("message", message.toByteArray())
                .execute();
    }

    /** A version that is not deleted. */
    public Optional<RegisteredVersion> find(Handle transaction, VersionReference reference) {
        return transaction
                .createQuery("""
                        select * from model_version
                        where model = :model and version = :version and deleted_at is null
                        """)
                .bind("model", reference.model())
                .bind("version", reference.version())
                .map((row, context) -> Rows.version(row))
                .findOne();
    }

    /** Replaces the tags and the note of a version. */
    public void describe(Handle transaction, VersionReference reference, List<String> tags, String note) {
        transaction
                .createUpdate("""
                        update model_version set tags = :tags, note = :note
                        where model = :model and version = :version
                        """)
                .bind("tags", tags.toArray(String[]::new))
                .bind("note", note)
                .bind("model", reference.model())
                .bind("version", reference.version())
                .execute();
    }

    /** The message that names a version with its files in events. */
    ModelVersion message(Handle transaction, VersionReference reference) {
        return transaction
                .createQuery("select message from model_version where model = :model and version = :version")
                .bind("model", reference.model())
                .bind("version", reference.version())
                .mapTo(byte[].class)
                .findOne()
                .map(bytes -> Columns.message(bytes, ModelVersion.getDefaultInstance()))
                .orElseThrow(() -> new NotFoundException("version", reference.toString()));
    }

    void delete(Handle transaction, VersionReference reference) {
        transaction
                .createUpdate("""
                        update model_version set deleted_at = clock_timestamp()
                        where model = :model and version = :version
                        """)
                .bind("model", reference.model())
                .bind("version", reference.version())
                .execute();
    }

    /** Versions that started from this one. */
    List<VersionReference> descendants(Handle transaction, VersionReference reference) {
        return transaction
                .createQuery("""
                        select model, version from model_version
                        where base_model = :model and base_version = :version and deleted_at is null
                        order by model, version
                        """)
                .bind("model", reference.model())
                .bind("version", reference.version())
                .map((row, context) -> new VersionReference(row.getString("model"), row.getInt("version")))
                .list();
    }

    /** Notes figures of a version; a newer one of the same name replaces the older. */
    void measure(Handle transaction, VersionReference reference, Map<String, Double> figures) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into metric (model, version, name, value) values (:model, :version, :name, :value)
                on conflict (model, version, name) do update set value = excluded.value
                """);
        figures.forEach((name, value) -> batch.bind("model", reference.model())
                .bind("version", reference.version())
                .bind("name", name)
                .bind("value", value)
                .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Figures of versions of one model, by version. */
    public Map<Integer, Map<String, Double>> metrics(Handle transaction, String model, Collection<Integer> versions) {
        Map<Integer, Map<String, Double>> metrics = new HashMap<>();
        transaction
                .createQuery("select * from metric where model = :model and version = any(:versions)")
                .bind("model", model)
                .bind("versions", versions.toArray(Integer[]::new))
                .map((row, context) -> {
                    metrics.computeIfAbsent(row.getInt("version"), version -> new TreeMap<>())
                            .put(row.getString("name"), row.getDouble("value"));
                    return row.getInt("version");
                })
                .list();
        return metrics;
    }
}
