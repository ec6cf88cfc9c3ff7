package io.minigpt.orchestrator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.platform.InvalidRequestException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A training run or an evaluation asked for by hand. */
@Schema(description = "A training run, or an evaluation")
public record TrainingRequest(
        @Schema(
                description = "What to do",
                required = true,
                enumeration = {"pretrain", "sft", "evaluate"})
        String kind,

        @Schema(
                description = "Model that the result becomes a version of; required unless kind is evaluate",
                examples = "samples")
        String model,

        @Schema(description = "Dataset version to train on, or whose evaluation sets are asked", required = true)
        DatasetReference dataset,

        @Schema(description = "Version to start from or to evaluate; required for sft and evaluate")
        ModelReference base,

        @Schema(description = "File of config/model; taken from the base if not given")
        String modelPreset,

        @Schema(description = "File of config/training; demo-pretrain or demo-sft if not given")
        String trainingPreset,

        @Schema(description = "Keys of the model preset to replace")
        Map<String, String> modelOverrides,

        @Schema(description = "Keys of the training preset to replace")
        Map<String, String> overrides,

        @Schema(
                description = "Whether a worker without a GPU may take a run whose key device asks for one",
                defaultValue = "false")
        Boolean cpuAllowed,

        @Schema(
                description = "Settings of an evaluation to replace; only for kind evaluate",
                implementation = Object.class)
        JsonNode configuration,

        @Schema(description = "Alias that an evaluated version gets if the registry's policy agrees; only for evaluate")
        String promoteAlias,

        @Schema(description = "Higher runs first", defaultValue = "0")
        Integer priority) {

    /** Whether an evaluation is asked for. */
    @JsonIgnore
    public boolean isEvaluation() {
        return "evaluate".equals(kind);
    }

    /**
     * The evaluation that is asked for.
     *
     * @throws InvalidRequestException if it says something of training
     */
    public EvaluationRequest evaluation() {
        refuse("model", model);
        refuse("modelPreset", modelPreset);
        refuse("trainingPreset", trainingPreset);
        refuse("modelOverrides", modelOverrides);
        refuse("overrides", overrides);
        refuse("cpuAllowed", cpuAllowed);
        return new EvaluationRequest(base, dataset, configuration, promoteAlias, priority);
    }

    /** @throws InvalidRequestException if it says something of an evaluation */
    void requireTraining() {
        refuse("configuration", configuration);
        refuse("promoteAlias", promoteAlias);
    }

    private void refuse(String property, Object value) {
        if (value != null) {
            throw new InvalidRequestException(property + " says nothing to kind '" + kind + "'; leave it out");
        }
    }

    /** A dataset version. */
    @Schema(name = "AskedDataset", description = "A dataset version")
    public record DatasetReference(
            @Schema(description = "Name of the dataset") String name, Integer version) {}

    /** A model version. */
    @Schema(name = "AskedVersion", description = "A model version")
    public record ModelReference(String model, Integer version) {}
}
