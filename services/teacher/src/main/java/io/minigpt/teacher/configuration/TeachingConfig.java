package io.minigpt.teacher.configuration;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of every service that asks teachers; its own configuration extends them. */
public interface TeachingConfig {

    /** Folder of the prompt files, if it is not the common one. */
    Optional<Path> prompts();

    /** Teacher of a run that names none, if it is not the common one. */
    Optional<String> teacher();

    /** Teachers that only this service has; one with the name of a common teacher takes its place. */
    Map<String, TeacherSettings> teachers();

    /** Replies about one passage or question after which what is missing is given up. */
    @WithDefault("4")
    int maxAttempts();

    /** Shortest time between two progress events of a run. */
    @WithDefault("500ms")
    Duration progressEvery();
}
