package io.minigpt.orchestrator;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A training run asked for by hand. */
@Schema(description = "A training run")
public record TrainingRequest(
        @Schema(description = "What to do: pretrain or sft", required = true)
        String kind,

        @Schema(description = "Model that the result becomes a version of", required = true, examples = "samples")
        String model,

        @Schema(description = "Dataset version to train on", required = true)
        DatasetReference dataset,

        @Schema(description = "Version to start from; required for sft")
        ModelReference base,

        @Schema(description = "File of config/model; taken from the base if not given")
        String modelPreset,

        @Schema(description = "File of config/training; demo-pretrain or demo-sft if not given")
        String trainingPreset,

        @Schema(description = "Keys of the training preset to replace")
        Map<String, String> overrides,

        @Schema(description = "Higher runs first", defaultValue = "0")
        Integer priority) {

    /** A dataset version. */
    public record DatasetReference(String name, Integer version) {}

    /** A model version. */
    public record ModelReference(String model, Integer version) {}
}
