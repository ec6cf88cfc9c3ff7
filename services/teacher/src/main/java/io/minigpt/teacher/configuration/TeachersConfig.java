package io.minigpt.teacher.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;

/** The teachers, as all services that ask them share them. */
@ConfigMapping(prefix = "minigpt.teaching")
public interface TeachersConfig {

    /** Folder of the prompt files. */
    @WithDefault("${minigpt.config.root}/prompts")
    Path prompts();

    /** Teacher of a run that names none. */
    @WithDefault("extractive")
    String teacher();

    /** Teachers by name. The rule-based one is always there under the name extractive. */
    Map<String, TeacherSettings> teachers();
}
