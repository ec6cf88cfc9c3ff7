package io.minigpt.orchestrator;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A worker as it last described itself. */
@Schema(name = "Worker")
public record KnownWorker(
        @Schema(description = "Its name") String name,

        @Schema(
                description = "Its device",
                examples = {"cpu", "cuda:0"})
        String device,

        @Schema(description = "Number format of matrix operands that it takes by itself", examples = "bfloat16")
        String dtype,

        @Schema(description = "Name and version of the tensor library", examples = "pytorch 2.7.1")
        String engine,

        @Schema(description = "Memory that its runs can have; 0 when that is not known")
        long memoryBytes,

        @Schema(description = "The run in progress; empty if none")
        String runId,

        @Schema(description = "When it said so; one that is silent for 30 s counts as gone")
        Instant seenAt) {

    /** Whether its device is a GPU. */
    boolean gpu() {
        return device.startsWith("cuda");
    }
}
