package io.minigpt.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An evaluation asked for by hand. */
@Schema(description = "An evaluation of a model version")
public record EvaluationRequest(
        @Schema(description = "Version to evaluate", required = true)
        TrainingRequest.ModelReference version,

        @Schema(description = "Dataset version whose evaluation sets are used", required = true)
        TrainingRequest.DatasetReference dataset,

        @Schema(description = "Evaluation settings to replace", implementation = Object.class)
        JsonNode configuration,

        @Schema(description = "Alias that the registry gives the version if its policy agrees; none if not given")
        String promoteAlias,

        @Schema(description = "Higher runs first", defaultValue = "0")
        Integer priority) {}
