package io.minigpt.orchestrator;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of state in the history of a pipeline run. */
@Schema(description = "A change of state of a pipeline run or of one of its steps")
public record PipelineTransition(
        @Schema(description = "The step; null for the run itself", nullable = true)
        String step,

        @Schema(description = "Which attempt at the step, from 1; null for the run itself", nullable = true)
        Integer attempt,

        @Schema(enumeration = {"pending", "running", "succeeded", "failed", "cancelled"})
        String state,

        @Schema(description = "Why it failed or was cancelled", nullable = true)
        String reason,

        Instant at) {}
