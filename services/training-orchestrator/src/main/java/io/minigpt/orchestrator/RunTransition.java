package io.minigpt.orchestrator;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of state, or of the worker, in the history of a run. */
@Schema(description = "A change of state, or of the worker")
public record RunTransition(
        @Schema(enumeration = {"pending", "running", "paused", "succeeded", "failed", "cancelled"})
        String state,

        @Schema(description = "Number of the newest lease; 0 before a worker took the run")
        long lease,

        @Schema(description = "Why, or which worker took it", nullable = true)
        String reason,

        Instant at) {}
