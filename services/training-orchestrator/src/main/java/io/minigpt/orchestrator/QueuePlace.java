package io.minigpt.orchestrator;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a run stands in the queue.
 *
 * @param run the run
 * @param position from 1
 * @param reason why it waits, for people
 * @param expectedStart when it should start; empty when that cannot be told
 */
public record QueuePlace(WaitingRun run, int position, String reason, Optional<Instant> expectedStart) {}
