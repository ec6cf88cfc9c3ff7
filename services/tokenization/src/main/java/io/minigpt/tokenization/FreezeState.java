package io.minigpt.tokenization;

import java.time.Instant;

/**
 * How far a freeze is.
 *
 * @param freeze the request
 * @param recordsTotal entries to write; 0 before it began
 * @param recordsDone entries written
 * @param outcome succeeded, failed or cancelled; null while it has not ended
 * @param outcomeReason why it failed or was cancelled
 * @param version number of the version that it ended with; null unless it succeeded
 * @param createdAt when it was asked for
 * @param finishedAt when it ended; null before
 */
public record FreezeState(
        Freeze freeze,
        long recordsTotal,
        long recordsDone,
        String outcome,
        String outcomeReason,
        Integer version,
        Instant createdAt,
        Instant finishedAt) {}
