package io.minigpt.teacher.http;

import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.Teaching;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the teacher calls of a run took, and what they may cost. */
@Schema(name = "Spent")
public record Spent(
        long calls,

        @Schema(description = "Calls that failed and were made again")
        long retries,

        long tokensIn,
        long tokensOut,

        @Schema(description = "Mean time of a call") long meanLatencyMillis,

        @Schema(description = "In the currency of the configured prices")
        BigDecimal cost,

        Long maxTokens,
        BigDecimal maxCost) {

    /** Of a run. */
    public static Spent of(Run<?> run, Teaching teaching) {
        OptionalLong tokens = run.budget().tokens();
        return new Spent(
                teaching.calls(),
                teaching.retries(),
                teaching.tokensIn(),
                teaching.tokensOut(),
                teaching.calls() == 0 ? 0 : teaching.latencyMillis() / teaching.calls(),
                teaching.cost(),
                tokens.isPresent() ? tokens.getAsLong() : null,
                run.budget().cost().orElse(null));
    }
}
