package io.minigpt.orchestrator;

import io.minigpt.proto.training.v1.ModelVersion;
import java.util.Optional;

/** What earlier runs did. */
public interface PipelineHistory {

    /** What the newest run of this name did that succeeded, dry runs aside. */
    Optional<PipelineSpec> succeeded(String name);

    /**
     * The version that a model was fine-tuned from, which is still there: that of its version under the alias, else of
     * its newest version.
     */
    Optional<ModelVersion> base(String model, String alias);
}
