package io.minigpt.tokenization.store;

import io.minigpt.proto.dataset.v1.TouchedModel;
import io.minigpt.proto.registry.v1.VersionDeleted;
import io.minigpt.proto.registry.v1.VersionRegistered;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which registered models were trained on which dataset version. */
@ApplicationScoped
public class TrainedModelStore {

    public void registered(Handle transaction, VersionRegistered fact) {
        transaction
                .createUpdate("""
                        insert into trained_model (model, version, dataset, dataset_version, base_model, base_version)
                        values (:model, :version, :dataset, :datasetVersion, nullif(:base, ''), nullif(:baseVersion, 0))
                        on conflict do nothing
                        """)
                .bind("model", fact.getVersion().getModel())
                .bind("version", fact.getVersion().getVersion())
                .bind("dataset", fact.getDataset())
                .bind("datasetVersion", fact.getDatasetVersion())
                .bind("base", fact.getBaseModel())
                .bind("baseVersion", fact.getBaseVersion())
                .execute();
    }

    public void deleted(Handle transaction, VersionDeleted fact) {
        transaction
                .createUpdate("delete from trained_model where model = :model and version = :version")
                .bind("model", fact.getModel())
                .bind("version", fact.getVersion())
                .execute();
    }

    /** The registered versions of models that were trained on these versions of a dataset. */
    public List<TouchedModel> trainedOn(Handle transaction, String dataset, List<Integer> versions) {
        return transaction
                .createQuery("""
                        select * from trained_model
                        where dataset = :dataset and dataset_version = any(:versions) order by model, version
                        """)
                .bind("dataset", dataset)
                .bind("versions", versions.toArray(Integer[]::new))
                .map((row, context) -> TouchedModel.newBuilder()
                        .setModel(row.getString("model"))
                        .setVersion(row.getInt("version"))
                        .setDatasetVersion(row.getInt("dataset_version"))
                        .build())
                .list();
    }
}
