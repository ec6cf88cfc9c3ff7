package io.minigpt.registry.http;

import io.minigpt.registry.PromotionPolicy.Check;
import io.minigpt.registry.store.DecisionStore.Decided;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A decision on an alias. */
@Schema(name = "PromotionDecision")
record DecisionView(
        @Schema(description = "Its number; later ones have higher")
        long id,

        @Schema(description = "The model") String model,

        @Schema(description = "Version that it is about") int version,

        @Schema(description = "The alias") String alias,

        @Schema(description = "Evaluation that asked for the alias; null if a person did", nullable = true)
        String evaluationRunId,

        @Schema(description = "policy and which, person, or rollback")
        String decider,

        @Schema(
                description = "What came of it",
                enumeration = {"promoted", "proposed", "refused"})
        String verdict,

        @Schema(description = "Whether the version got the alias")
        boolean promoted,

        @Schema(description = "Version that had the alias; null if none had", nullable = true)
        Integer championVersion,

        @Schema(description = "What was looked at, with the numbers")
        List<CheckView> checks,

        @Schema(description = "The same in words") String reason,

        @Schema(description = "When it was decided") Instant decidedAt) {

    /** One thing that was looked at. */
    @Schema(name = "PromotionCheck")
    record CheckView(
            @Schema(description = "The figure") String figure,

            @Schema(description = "Of the version; null if it was not measured", nullable = true)
            Double value,

            @Schema(description = "Of the version that had the alias, if that was compared", nullable = true)
            Double champion,

            @Schema(description = "Whether it speaks for the version")
            boolean passed,

            @Schema(description = "The same in words") String reason) {

        static CheckView of(Check check) {
            return new CheckView(
                    check.figure(),
                    check.value().orElse(null),
                    check.champion().orElse(null),
                    check.passed(),
                    check.reason());
        }
    }

    static DecisionView of(Decided decision) {
        return new DecisionView(
                decision.id(),
                decision.model(),
                decision.version(),
                decision.alias(),
                decision.evaluationRunId().orElse(null),
                decision.decider(),
                decision.verdict(),
                decision.verdict().equals("promoted"),
                decision.championVersion().orElse(null),
                decision.checks().stream().map(CheckView::of).toList(),
                decision.reason(),
                decision.decidedAt());
    }
}
