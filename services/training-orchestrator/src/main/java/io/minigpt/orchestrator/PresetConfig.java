package io.minigpt.orchestrator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the presets are; the same key for every service that reads them. */
@ConfigMapping(prefix = "minigpt.config")
public interface PresetConfig {

    /** Folder with model/*.yaml and training/*.yaml. */
    @WithDefault("config")
    Path root();
}
