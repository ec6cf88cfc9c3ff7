package io.minigpt.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * What an alias names from some time on.
 *
 * @param model the model
 * @param alias such as champion
 * @param version version that it names
 * @param revision number of this change of the alias, from 1
 * @param previousVersion version that it named before, if it named one
 * @param setBy who or what set it
 * @param reason why, for people
 * @param setAt from when it holds
 */
public record Alias(
        String model,
        String alias,
        int version,
        long revision,
        Optional<Integer> previousVersion,
        String setBy,
        String reason,
        Instant setAt) {}
