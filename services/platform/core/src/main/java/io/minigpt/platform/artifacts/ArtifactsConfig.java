package io.minigpt.platform.artifacts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of the artifact store. */
@ConfigMapping(prefix = "minigpt.artifacts")
public interface ArtifactsConfig {

    /** Folder of the artifact store, shared by all services that read or write artifacts. */
    @WithDefault("artifacts")
    Path root();
}
