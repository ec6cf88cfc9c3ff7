package io.minigpt.platform.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of events in and out. */
@ConfigMapping(prefix = "minigpt.events")
public interface EventsConfig {

    /** How often the relay looks for events that another replica left in the outbox. */
    @WithDefault("500ms")
    Duration poll();

    /**
     * Silence after which the database ends the active relay's session, so that another replica takes over; longer than
     * {@link #poll}.
     */
    @WithDefault("10s")
    Duration relaySilence();

    /** Tries before a message that cannot be handled goes to the dead-letter topic. */
    @WithDefault("3")
    int attempts();

    /** Delay between two tries. */
    @WithDefault("200ms")
    Duration backoff();

    /** How long the start waits for topics that the service reads and that do not exist yet. */
    @WithDefault("60s")
    Duration topicsWait();

    /** Whether missing dead-letter topics are created at the start; false where topics are managed elsewhere. */
    @WithDefault("true")
    boolean createDeadLetterTopics();
}
