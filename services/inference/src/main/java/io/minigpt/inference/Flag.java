package io.minigpt.inference;

/**
 * An answer that a person found wrong.
 *
 * @param id its id
 * @param version the version that answered
 * @param prompt what was asked
 * @param answer what was answered
 * @param temperature sampling temperature
 * @param reason why, in the person's words; may be empty
 */
public record Flag(String id, VersionId version, String prompt, String answer, double temperature, String reason) {}
