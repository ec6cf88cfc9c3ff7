package io.minigpt.inference;

import java.time.Instant;

/**
 * An answer that was given.
 *
 * @param id of the response
 * @param place which text of the response, from 0
 * @param version the version that answered
 * @param prompt what was asked
 * @param answer what was answered
 * @param temperature sampling temperature
 * @param seed of its random stream
 * @param finishReason how the text ended
 * @param at when
 */
public record Trace(
        String id,
        int place,
        VersionId version,
        String prompt,
        String answer,
        double temperature,
        long seed,
        String finishReason,
        Instant at) {}
