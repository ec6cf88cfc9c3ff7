package io.minigpt.teacher.configuration;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Settings of every service that asks teachers; its own configuration extends them. */
public interface TeachingConfig {

    /** Folder of the prompt files. */
    @WithDefault("${minigpt.config.root}/prompts")
    Path prompts();

    /** Teacher of a run that names none. */
    @WithDefault("extractive")
    String teacher();

    /** Teachers by name. The rule-based one is always there under the name extractive. */
    Map<String, TeacherSettings> teachers();

    /** Replies about one passage or question after which what is missing is given up. */
    @WithDefault("4")
    int maxAttempts();

    /** Shortest time between two progress events of a run. */
    @WithDefault("500ms")
    Duration progressEvery();
}
