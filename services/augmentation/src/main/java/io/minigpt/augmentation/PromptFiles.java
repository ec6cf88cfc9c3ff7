package io.minigpt.augmentation;

import io.minigpt.teacher.Prompts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Loads the prompts that the configuration names; the service does not start without them. */
public class PromptFiles {

    @Produces
    @Singleton
    Prompts prompts(AugmentationConfig config) {
        return Prompts.load(config.prompts());
    }
}
