package io.minigpt.qageneration;

import io.minigpt.teacher.configuration.TeachingConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of question generation. */
@ConfigMapping(prefix = "minigpt.generation")
public interface GenerationConfig extends TeachingConfig {

    /** Pairs asked for about a passage. */
    @WithDefault("5")
    int pairs();

    /** Longest passage, in UTF-16 code units; a longer text is split at sentence ends. */
    @WithDefault("1600")
    int passageLimit();
}
