package io.minigpt.inference;

import java.time.Duration;

/** Tells the other services what this replica serves. */
public interface DeploymentLog {

    /**
     * A version is served from now on.
     *
     * @param alias the alias that asked for it; empty if it was asked for by number
     * @param loadTime time to load and warm it
     */
    void deployed(VersionId id, String alias, Duration loadTime);

    /** A version could not be loaded. */
    void failed(VersionId id, String alias, String reason);
}
