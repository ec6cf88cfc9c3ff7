package io.minigpt.orchestrator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The figures of one training step. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
        @Schema(description = "Step, from 1") long step,

        @Schema(description = "Training loss in nats a token")
        double trainLoss,

        @Schema(description = "Validation loss in nats a token; absent at steps without an evaluation")
        Double validationLoss,

        @Schema(description = "Validation loss in bits a byte; absent at steps without an evaluation")
        Double bitsPerByte,

        @Schema(description = "Learning rate of the step") double learningRate,

        @Schema(description = "Global norm of the gradient before clipping")
        double gradientNorm,

        @Schema(description = "Tokens a second of wall time")
        double tokensPerSecond,

        @Schema(description = "Model FLOP utilisation: 1 is all that the device can do; absent where it is not known")
        Double modelFlopUtilisation,

        @Schema(description = "Memory that the worker's process held, in bytes; absent where it is not known")
        Long memoryBytes,

        @Schema(description = "When the worker had done it") Instant measuredAt) {}
