package io.minigpt.orchestrator;

import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.ModelVersion;
import java.util.Optional;

/** The dataset versions and model versions that runs can use. */
public interface Versions {

    /** A sealed dataset version. */
    Optional<DatasetVersion> dataset(String name, int version);

    /** A registered model version. */
    Optional<ModelVersion> model(String model, int version);
}
