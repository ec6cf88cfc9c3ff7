package io.minigpt.orchestrator;

import io.minigpt.gpt.DeviceNeeds;
import java.time.Duration;
import java.util.Optional;

/**
 * A run in the queue.
 *
 * @param id the run
 * @param kind pretrain, sft or evaluate; empty when it was asked for elsewhere
 * @param priority higher first
 * @param needs what it needs of a device
 * @param length how long it should take; empty when nothing like it has been done
 */
public record WaitingRun(String id, String kind, int priority, DeviceNeeds needs, Optional<Duration> length) {}
