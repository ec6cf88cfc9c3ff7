package io.minigpt.orchestrator;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a checkpoint said to the prompts that are the same throughout its run. */
@Schema(description = "What a checkpoint says, so that a person sees the model learn")
public record CheckpointSamples(
        @Schema(description = "Steps done") long step,

        @Schema(description = "Prompts with their answers") List<Sample> samples) {

    /** One prompt with its answer. */
    @Schema(name = "Sample")
    public record Sample(
            @Schema(description = "A question, or the beginning of a text")
            String prompt,

            @Schema(description = "The most probable answer, cut after 48 tokens")
            String text) {}
}
