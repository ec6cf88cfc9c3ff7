package io.minigpt.qageneration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import java.nio.file.Path;
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
                "minigpt.generation.teacher", "big",
                "minigpt.generation.teachers.big.kind", "openai",
                "minigpt.generation.teachers.big.base-url", "http://localhost:1/v1",
                "minigpt.generation.teachers.big.model", "llama",
                "minigpt.generation.teachers.big.concurrency", "32"));

        assertThat(teachers.find("")).map(Teacher::name).contains("big");
        assertThat(teachers.find("big")).map(Teacher::version).contains("openai:llama");
        assertThat(teachers.names()).containsExactly("big", "extractive");
        assertThat(teachers.concurrency()).isEqualTo(32);
        teachers.close();
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> teachers(Map.of("minigpt.generation.teacher", "nobody")))
                .hasMessageContaining("minigpt.generation.teacher names 'nobody'");
        assertThatThrownBy(() -> teachers(Map.of("minigpt.generation.teachers.big.kind", "openai")))
                .hasMessageContaining("minigpt.generation.teachers.big.base-url");
        assertThatThrownBy(() -> teachers(Map.of(
                        "minigpt.generation.teachers.x.kind", "extractive",
                        "minigpt.generation.teachers.x.concurrency", "0")))
                .hasMessageContaining("minigpt.generation.teachers.x.concurrency");
    }

    private static Teachers teachers(Map<String, String> values) {
        return new Teachers(Settings.of(values), PROMPTS);
    }
}
