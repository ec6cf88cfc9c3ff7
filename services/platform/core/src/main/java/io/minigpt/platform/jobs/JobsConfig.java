package io.minigpt.platform.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of leased jobs. */
@ConfigMapping(prefix = "minigpt.jobs")
public interface JobsConfig {

    /** How long a lease lasts without renewal; a job of a dead replica waits at most this long. */
    @WithDefault("10s")
    Duration lease();

    /** How often a replica without work looks for some that another replica queued. */
    @WithDefault("500ms")
    Duration poll();

    /** Failures after which a job is given up. */
    @WithDefault("5")
    int maxFailures();

    /** Delay before a failed job is tried again; doubles with each failure. */
    @WithDefault("1s")
    Duration backoff();

    /** How long running jobs may go on after the service was told to stop. */
    @WithDefault("15s")
    Duration drain();

    /** How long ended jobs and handled command ids are kept. */
    @WithDefault("30d")
    Duration retention();
}
