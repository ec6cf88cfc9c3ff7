package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenizationConfigTest {

    @Test
    void defaults() {
        TokenizationConfig config = config(Map.of());

        assertThat(config.workFolder()).isEqualTo(Path.of("/tmp/minigpt-tokenization"));
        assertThat(config.templates()).isEqualTo(Path.of("config/templates"));
        assertThat(config.freezes()).isEqualTo(1);
        assertThat(config.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.batch()).isEqualTo(256);
        assertThat(config.progressInterval()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void explicit() {
        TokenizationConfig config = config(Map.of(
                "minigpt.tokenization.work-folder", "/data",
                "minigpt.tokenization.templates", "/templates",
                "minigpt.tokenization.freezes", "2",
                "minigpt.tokenization.encoding-threads", "3",
                "minigpt.tokenization.batch", "10",
                "minigpt.tokenization.progress-interval", "2s"));

        assertThat(config.workFolder()).isEqualTo(Path.of("/data"));
        assertThat(config.templates()).isEqualTo(Path.of("/templates"));
        assertThat(config.freezes()).isEqualTo(2);
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.batch()).isEqualTo(10);
        assertThat(config.progressInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    private static TokenizationConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(TokenizationConfig.class)
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withDefaultValue("java.io.tmpdir", "/tmp")
                .withDefaultValue("minigpt.config.root", "config")
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .build()
                .getConfigMapping(TokenizationConfig.class);
    }
}
