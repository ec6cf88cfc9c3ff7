package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.registry.PromotionPolicy;
import io.minigpt.registry.PromotionPolicy.Comparison;
import io.minigpt.registry.PromotionPolicy.Mode;
import io.minigpt.registry.PromotionPolicy.Veto;
import io.minigpt.registry.store.PolicyStore.StoredPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A promotion policy as the interface shows it. */
@Schema(name = "PromotionPolicy")
record PolicyView(
        @Schema(description = "Number of this change, from 1")
        long revision,

        @Schema(
                description = "Whether the alias moves by itself or a person moves it",
                enumeration = {"automatic", "by-hand"})
        String mode,

        @Schema(description = "Figure compared with the champion's; null if nothing is compared", nullable = true)
        String figure,

        @Schema(description = "By how much it must be better, in its own unit; below 0: may be worse")
        double margin,

        @Schema(description = "Figures that must be within bounds")
        List<VetoView> vetoes,

        @Schema(description = "Who set it") String setBy,

        @Schema(description = "Why") String reason,

        @Schema(description = "From when it holds") Instant setAt) {

    private static final String DEFAULT_METRIC = "rougeL";
    private static final String DEFAULT_SLICE = "unseen";

    /** A veto. */
    @Schema(name = "PromotionVeto")
    record VetoView(
            @Schema(
                    description =
                            "Figure, such as repetition.unseen, validCharacters.unseen, timeToFirstTokenMs.latency")
            String figure,

            @Schema(description = "Smallest allowed; null for none", nullable = true)
            Double least,

            @Schema(description = "Largest allowed; null for none", nullable = true)
            Double most) {

        static VetoView of(Veto veto) {
            return new VetoView(
                    veto.figure(),
                    veto.least().isPresent() ? veto.least().getAsDouble() : null,
                    veto.most().isPresent() ? veto.most().getAsDouble() : null);
        }

        Veto veto() {
            if (figure == null || figure.isBlank()) {
                throw new InvalidRequestException("vetoes: figure is missing");
            }
            return new Veto(figure, bound(least), bound(most));
        }

        private static OptionalDouble bound(Double value) {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /** A policy to put in force. */
    @Schema(name = "PromotionPolicyRequest")
    record PolicyRequest(
            @Schema(description = "automatic or by-hand", defaultValue = "automatic", nullable = true)
            String mode,

            @Schema(description = "Metric that is compared", defaultValue = DEFAULT_METRIC, nullable = true)
            String metric,

            @Schema(
                    description = "On which evaluation set, or set.label",
                    defaultValue = DEFAULT_SLICE,
                    nullable = true)
            String slice,

            @Schema(
                    description = "By how much it must be better than the champion",
                    defaultValue = "0",
                    nullable = true)
            Double margin,

            @Schema(description = "Figures that must be within bounds", nullable = true)
            List<VetoView> vetoes,

            @Schema(description = "Why", nullable = true) String reason) {

        PromotionPolicy policy() {
            String figure = Optional.ofNullable(metric).orElse(DEFAULT_METRIC) + "."
                    + Optional.ofNullable(slice).orElse(DEFAULT_SLICE);
            return new PromotionPolicy(
                    Optional.ofNullable(mode).map(Mode::labelled).orElse(Mode.AUTOMATIC),
                    Optional.of(
                            new Comparison(figure, Optional.ofNullable(margin).orElse(0.0))),
                    Optional.ofNullable(vetoes).orElse(List.of()).stream()
                            .map(VetoView::veto)
                            .toList());
        }
    }

    static PolicyView of(StoredPolicy stored) {
        Optional<Comparison> comparison = stored.policy().comparison();
        return new PolicyView(
                stored.revision(),
                stored.policy().mode().label(),
                comparison.map(Comparison::figure).orElse(null),
                comparison.map(Comparison::margin).orElse(0.0),
                stored.policy().vetoes().stream().map(VetoView::of).toList(),
                stored.setBy(),
                stored.reason(),
                stored.setAt());
    }
}
