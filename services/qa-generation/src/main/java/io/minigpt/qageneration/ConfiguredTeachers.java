package io.minigpt.qageneration;

import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.configuration.Teachers;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Loads the prompts and teachers that the configuration names; the service does not start without them. */
class ConfiguredTeachers {

    @Produces
    @Singleton
    Prompts prompts(GenerationConfig config) {
        return Prompts.load(config.prompts());
    }

    @Produces
    @Singleton
    Teachers teachers(GenerationConfig config, Prompts prompts) {
        return new Teachers("minigpt.generation", config, prompts);
    }

    void close(@Disposes Teachers teachers) {
        teachers.close();
    }
}
