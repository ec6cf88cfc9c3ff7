package io.minigpt.qageneration;

import io.minigpt.teacher.configuration.TeachersConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The service's configuration made of given values. */
final class Settings {

    private Settings() {}

    static GenerationConfig of(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("minigpt.config.root", "../../config");
        return new SmallRyeConfigBuilder()
                .withMapping(GenerationConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withDefaultValues(all)
                .build()
                .getConfigMapping(GenerationConfig.class);
    }

    /** The common teachers made of given values. */
    static TeachersConfig teachers(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TeachersConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withDefaultValue("minigpt.config.root", "../../config")
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TeachersConfig.class);
    }

    /** As the service reads its environment. */
    static TeachersConfig ofEnvironment(Map<String, String> variables) {
        return new SmallRyeConfigBuilder()
                .withMapping(TeachersConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withDefaultValue("minigpt.config.root", "../../config")
                .withSources(new EnvConfigSource(variables, 300))
                .build()
                .getConfigMapping(TeachersConfig.class);
    }
}
