package io.minigpt.teacher.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.teacher.run.Budget;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a resumed run may spend from its beginning on; the limits that it had where none are given. */
@Schema(name = "Limits")
public record Limits(
        @Schema(description = "Tokens sent and received") Long maxTokens,

        @Schema(description = "Money, in the currency of the configured prices")
        BigDecimal maxCost) {

    Budget budget() {
        try {
            return Budget.of(maxTokens, maxCost);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(e.getMessage(), e);
        }
    }
}
