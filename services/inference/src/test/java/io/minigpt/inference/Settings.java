package io.minigpt.inference;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of the service with their defaults, for tests without it. */
public final class Settings {

    private Settings() {}

    /** The defaults, but for some settings, named without their prefix. */
    public static InferenceConfig of(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = builder();
        settings.forEach((key, value) -> builder.withDefaultValue("minigpt.inference." + key, value));
        return builder.build().getConfigMapping(InferenceConfig.class);
    }

    /** The defaults, but for what variables of the environment say. */
    static InferenceConfig ofEnvironment(Map<String, String> variables) {
        return builder()
                .withSources(new EnvConfigSource(variables, EnvConfigSource.ORDINAL))
                .build()
                .getConfigMapping(InferenceConfig.class);
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(InferenceConfig.class)
                .withDefaultValue("minigpt.inference.replica", "test");
    }
}
