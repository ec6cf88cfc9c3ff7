package io.minigpt.teacher.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeachersTest {

    private static final Prompts PROMPTS = Prompts.load(Path.of("../../config/prompts"));

    @Test
    void theStandInIsAlwaysThere() {
        Teachers teachers = teachers(Map.of());

        assertThat(teachers.find("")).map(Teacher::name).contains("extractive");
        assertThat(teachers.find("other")).isEmpty();
        assertThat(teachers.concurrency()).isEqualTo(4);
        assertThat(teachers.pause("extractive")).isEmpty();
    }

    @Test
    void anEndpointIsKnownByItsConfiguredName() {
        Teachers teachers = teachers(Map.of(
                "minigpt.teaching.teacher", "big",
                "minigpt.teaching.teachers.big.kind", "openai",
                "minigpt.teaching.teachers.big.base-url", "http://localhost:1/v1",
                "minigpt.teaching.teachers.big.model", "llama",
                "minigpt.teaching.teachers.big.concurrency", "32"));

        assertThat(teachers.find("")).map(Teacher::name).contains("big");
        assertThat(teachers.find("big")).map(Teacher::version).contains("openai:llama");
        assertThat(teachers.names()).containsExactly("big", "extractive");
        assertThat(teachers.concurrency()).isEqualTo(36);
        teachers.close();
    }

    @Test
    void whatAServiceHasOfItsOwnComesFirst() {
        Teachers teachers = teachers(Map.of(
                "minigpt.teaching.teacher", "a",
                "minigpt.teaching.teachers.a.kind", "openai",
                "minigpt.teaching.teachers.a.base-url", "http://localhost:1/v1",
                "minigpt.teaching.teachers.a.model", "common",
                "own.teacher", "b",
                "own.teachers.a.kind", "openai",
                "own.teachers.a.base-url", "http://localhost:1/v1",
                "own.teachers.a.model", "own",
                "own.teachers.b.kind", "extractive"));

        assertThat(teachers.find("")).map(Teacher::name).contains("b");
        assertThat(teachers.find("a")).map(Teacher::version).contains("openai:own");
        teachers.close();
    }

    @Test
    void aPoolHasItsMembers() {
        Teachers teachers = teachers(Map.of(
                "minigpt.teaching.teachers.both.kind", "pool",
                "minigpt.teaching.teachers.both.members.x", "2",
                "minigpt.teaching.teachers.both.members.extractive", "0",
                "minigpt.teaching.teachers.x.kind", "extractive"));

        assertThat(teachers.find("both"))
                .map(Teacher::version)
                .contains("pool:2*extractive:rules-1|0*extractive:rules-1");
    }

    @Test
    void aKeyCanBeAFile(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "sk-secret\n");
        Map<String, String> settings = Map.of(
                "minigpt.teaching.teachers.big.kind", "openai",
                "minigpt.teaching.teachers.big.base-url", "http://localhost:1/v1",
                "minigpt.teaching.teachers.big.model", "llama",
                "minigpt.teaching.teachers.big.api-key-file", secret.toString());

        teachers(settings).close();

        Files.delete(secret);
        assertThatThrownBy(() -> teachers(settings))
                .hasMessageContaining("minigpt.teaching.teachers.big")
                .hasMessageContaining("api-key-file");
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> teachers(Map.of("minigpt.teaching.teacher", "nobody")))
                .hasMessageContaining("minigpt.teaching.teacher names 'nobody'");
        assertThatThrownBy(() -> teachers(Map.of("minigpt.teaching.teachers.big.kind", "openai")))
                .hasMessageContaining("minigpt.teaching.teachers.big: base-url");
        assertThatThrownBy(() -> teachers(Map.of(
                        "minigpt.teaching.teachers.x.kind", "extractive",
                        "minigpt.teaching.teachers.x.concurrency", "0")))
                .hasMessageContaining("minigpt.teaching.teachers.x.concurrency");
        assertThatThrownBy(() -> teachers(Map.of(
                        "minigpt.teaching.teachers.x.kind", "extractive",
                        "minigpt.teaching.teachers.x.breaker-threshold", "0")))
                .hasMessageContaining("minigpt.teaching.teachers.x: breaker threshold");
        assertThatThrownBy(() -> teachers(Map.of(
                        "minigpt.teaching.teachers.p.kind", "pool",
                        "minigpt.teaching.teachers.p.members.nobody", "1")))
                .hasMessageContaining("minigpt.teaching.teachers.p.members names 'nobody'");
    }

    private static Teachers teachers(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(TeachersConfig.class)
                .withMapping(TeachingConfig.class, "own")
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withDefaultValue("minigpt.config.root", "../../config")
                .withDefaultValues(values)
                .build();
        return new Teachers(
                config.getConfigMapping(TeachersConfig.class),
                config.getConfigMapping(TeachingConfig.class, "own"),
                PROMPTS,
                (teacher, perMinute) -> () -> Duration.ZERO);
    }
}
