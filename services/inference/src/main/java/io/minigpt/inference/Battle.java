package io.minigpt.inference;

import java.util.Optional;

/**
 * Two versions' answers to one prompt.
 *
 * @param id its id
 * @param prompt what both were asked
 * @param temperature sampling temperature of both
 * @param a the version of the first answer
 * @param b the version of the second
 * @param vote what a person said, if one has
 */
public record Battle(
        String id, String prompt, double temperature, VersionId a, VersionId b, Optional<BattleVote> vote) {}
