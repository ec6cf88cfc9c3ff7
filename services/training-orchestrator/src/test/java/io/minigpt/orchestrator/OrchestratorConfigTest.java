package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrchestratorConfigTest {

    @Test
    void defaults() {
        SmallRyeConfig config = config(Map.of());

        assertThat(config.getConfigMapping(PresetConfig.class).root()).isEqualTo(Path.of("config"));
        assertThat(config.getConfigMapping(OrchestratorConfig.class).liveInterval())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(config.getConfigMapping(OrchestratorConfig.class).heartbeat())
                .isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void explicit() {
        SmallRyeConfig config = config(Map.of(
                "minigpt.config.root", "/etc/minigpt",
                "minigpt.orchestrator.live-interval", "PT0.1S",
                "minigpt.orchestrator.heartbeat", "PT5S"));

        assertThat(config.getConfigMapping(PresetConfig.class).root()).isEqualTo(Path.of("/etc/minigpt"));
        assertThat(config.getConfigMapping(OrchestratorConfig.class).liveInterval())
                .isEqualTo(Duration.ofMillis(100));
        assertThat(config.getConfigMapping(OrchestratorConfig.class).heartbeat())
                .isEqualTo(Duration.ofSeconds(5));
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(PresetConfig.class)
                .withMapping(OrchestratorConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter());
        values.forEach(builder::withDefaultValue);
        return builder.build();
    }
}
