package io.minigpt.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.teacher.configuration.TeacherSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AugmentationConfigTest {

    @Test
    void defaults() {
        AugmentationConfig config = config(Map.of(), Map.of());

        assertThat(config.prompts()).isEmpty();
        assertThat(config.teacher()).isEmpty();
        assertThat(config.teachers()).isEmpty();
        assertThat(config.variants()).isEqualTo(10);
        assertThat(config.recipes()).containsExactly(Recipe.QUESTION);
        assertThat(config.maxAnswerDistance()).isEqualTo(8);
        assertThat(config.minDistance()).isEqualTo(1);
        assertThat(config.maxDistance()).isEqualTo(4);
        assertThat(config.maxAttempts()).isEqualTo(4);
        assertThat(config.progressEvery()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aTeacherFromTheEnvironment() {
        AugmentationConfig config = config(
                Map.of(),
                Map.of(
                        "MINIGPT_AUGMENTATION_TEACHER", "ollama",
                        "MINIGPT_AUGMENTATION_TEACHERS_OLLAMA_KIND", "openai",
                        "MINIGPT_AUGMENTATION_TEACHERS_OLLAMA_BASE_URL", "http://localhost:11434/v1",
                        "MINIGPT_AUGMENTATION_TEACHERS_OLLAMA_MODEL", "llama3.1"));

        assertThat(config.teacher()).contains("ollama");
        TeacherSettings teacher = config.teachers().get("ollama");
        assertThat(teacher.kind()).isEqualTo(TeacherSettings.Kind.OPENAI);
        assertThat(teacher.baseUrl()).contains(URI.create("http://localhost:11434/v1"));
        assertThat(teacher.model()).contains("llama3.1");
        assertThat(teacher.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void anUnknownKeyStopsTheStartWithItsName() {
        assertThatThrownBy(() -> config(Map.of("minigpt.augmentation.varaints", "5"), Map.of()))
                .hasMessageContaining("minigpt.augmentation.varaints");
    }

    private static AugmentationConfig config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(AugmentationConfig.class)
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withDefaultValue("minigpt.config.root", "config")
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(AugmentationConfig.class);
    }
}
