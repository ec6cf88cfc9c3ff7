package io.minigpt.orchestrator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the orchestrator. */
@ConfigMapping(prefix = "minigpt.orchestrator")
public interface OrchestratorConfig {

    /** Least time between two live events of a stream. */
    @WithDefault("500ms")
    Duration liveInterval();

    /** How often a live stream without news sends a comment, so that nobody on the way closes it. */
    @WithDefault("15s")
    Duration heartbeat();
}
