package io.minigpt.teacher.configuration;

import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.calls.SharedRates;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Loads the prompts and teachers that the configuration names; the service does not start without them. */
class ConfiguredTeachers {

    @Produces
    @Singleton
    Prompts prompts(TeachersConfig common, TeachingConfig own) {
        return Prompts.load(own.prompts().orElse(common.prompts()));
    }

    @Produces
    @Singleton
    Teachers teachers(TeachersConfig common, TeachingConfig own, Prompts prompts, SharedRates rates) {
        return new Teachers(common, own, prompts, rates::bucket);
    }

    void close(@Disposes Teachers teachers) {
        teachers.close();
    }
}
