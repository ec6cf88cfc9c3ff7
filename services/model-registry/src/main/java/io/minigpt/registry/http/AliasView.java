package io.minigpt.registry.http;

import io.minigpt.registry.Alias;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An alias as the interface shows it. */
@Schema(name = "Alias")
record AliasView(
        @Schema(description = "The model") String model,

        @Schema(description = "The alias, such as champion") String alias,

        @Schema(description = "Version that it names") int version,

        @Schema(description = "Number of this change of the alias, from 1")
        long revision,

        @Schema(description = "Version that it named before", nullable = true)
        Integer previousVersion,

        @Schema(description = "Who or what set it") String setBy,

        @Schema(description = "Why, for people") String reason,

        @Schema(description = "From when it holds") Instant setAt) {

    static AliasView of(Alias alias) {
        return new AliasView(
                alias.model(),
                alias.alias(),
                alias.version(),
                alias.revision(),
                alias.previousVersion().orElse(null),
                alias.setBy(),
                alias.reason(),
                alias.setAt());
    }
}
