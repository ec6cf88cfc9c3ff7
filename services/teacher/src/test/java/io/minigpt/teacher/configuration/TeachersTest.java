package io.minigpt.teacher.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TeachersTest {

    private static final Prompts PROMPTS = Prompts.load(Path.of("../../config/prompts"));

    @Test
    void theStandInIsAlwaysThere() {
        Teachers teachers = teachers(Map.of());

        assertThat(teachers.find("")).map(Teacher::name).contains("extractive");
        assertThat(teachers.find("other")).isEmpty();
        assertThat(teachers.concurrency()).isEqualTo(4);
    }

    @Test
    void anEndpointIsKnownByItsConfiguredName() {
        Teachers teachers = teachers(Map.of(
                "teaching.teacher", "big",
                "teaching.teachers.big.kind", "openai",
                "teaching.teachers.big.base-url", "http://localhost:1/v1",
                "teaching.teachers.big.model", "llama",
                "teaching.teachers.big.concurrency", "32"));

        assertThat(teachers.find("")).map(Teacher::name).contains("big");
        assertThat(teachers.find("big")).map(Teacher::version).contains("openai:llama");
        assertThat(teachers.names()).containsExactly("big", "extractive");
        assertThat(teachers.concurrency()).isEqualTo(32);
        teachers.close();
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> teachers(Map.of("teaching.teacher", "nobody")))
                .hasMessageContaining("teaching.teacher names 'nobody'");
        assertThatThrownBy(() -> teachers(Map.of("teaching.teachers.big.kind", "openai")))
                .hasMessageContaining("teaching.teachers.big.base-url");
        assertThatThrownBy(() -> teachers(Map.of(
                        "teaching.teachers.x.kind", "extractive",
                        "teaching.teachers.x.concurrency", "0")))
                .hasMessageContaining("teaching.teachers.x.concurrency");
    }

    private static Teachers teachers(Map<String, String> values) {
        TeachingConfig config = new SmallRyeConfigBuilder()
                .withMapping(TeachingConfig.class, "teaching")
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withDefaultValue("minigpt.config.root", "../../config")
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TeachingConfig.class, "teaching");
        return new Teachers("teaching", config, PROMPTS);
    }
}
