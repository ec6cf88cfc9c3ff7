package io.minigpt.corpus;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The service's settings as a start of it would read them. */
final class TestConfig {

    private TestConfig() {}

    /** @param values keys without the prefix */
    static CorpusConfig of(Map<String, String> values) {
        Map<String, String> prefixed = values.entrySet().stream()
                .collect(Collectors.toMap(value -> "minigpt.corpus." + value.getKey(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .withMapping(CorpusConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withDefaultValues(prefixed)
                .build()
                .getConfigMapping(CorpusConfig.class);
    }
}
