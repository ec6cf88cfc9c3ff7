package io.minigpt.qageneration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.teacher.PairLimits;
import io.minigpt.teacher.configuration.TeacherSettings;
import io.minigpt.teacher.configuration.TeachersConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationConfigTest {

    @Test
    void defaults() {
        GenerationConfig config = Settings.of(Map.of("minigpt.generation.teachers.other.kind", "extractive"));

        assertThat(config.prompts()).isEmpty();
        assertThat(config.teacher()).isEmpty();
        assertThat(config.pairs()).isEqualTo(5);
        assertThat(config.passageLimit()).isEqualTo(1600);
        assertThat(config.checks().limits()).isEqualTo(PairLimits.standard());
        assertThat(config.maxAttempts()).isEqualTo(4);
        assertThat(config.progressEvery()).isEqualTo(Duration.ofMillis(500));
        TeacherSettings teacher = config.teachers().get("other");
        assertThat(teacher.kind()).isEqualTo(TeacherSettings.Kind.EXTRACTIVE);
        assertThat(teacher.baseUrl()).isEmpty();
        assertThat(teacher.model()).isEmpty();
        assertThat(teacher.apiKey()).isEmpty();
        assertThat(teacher.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(teacher.concurrency()).isEqualTo(4);
        assertThat(teacher.maxCalls()).isEqualTo(5);
        assertThat(teacher.temperature()).isEmpty();
        assertThat(teacher.seed()).isEmpty();
        assertThat(teacher.maxTokens()).isEmpty();
        assertThat(teacher.jsonSchema()).isFalse();
        assertThat(teacher.apiKeyFile()).isEmpty();
        assertThat(teacher.ratePerMinute()).isEmpty();
        assertThat(teacher.breakerThreshold()).isEqualTo(5);
        assertThat(teacher.breakerPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(teacher.breakerMaxPause()).isEqualTo(Duration.ofMinutes(5));
        assertThat(teacher.priceIn()).isZero();
        assertThat(teacher.priceOut()).isZero();
        assertThat(teacher.members()).isEmpty();
    }

    @Test
    void explicit() {
        GenerationConfig config = Settings.of(Map.ofEntries(
                Map.entry("minigpt.generation.prompts", "/p"),
                Map.entry("minigpt.generation.teacher", "ollama"),
                Map.entry("minigpt.generation.pairs", "3"),
                Map.entry("minigpt.generation.passage-limit", "800"),
                Map.entry("minigpt.generation.max-attempts", "2"),
                Map.entry("minigpt.generation.progress-every", "1s"),
                Map.entry("minigpt.generation.checks.min-question", "5"),
                Map.entry("minigpt.generation.checks.max-question", "50"),
                Map.entry("minigpt.generation.checks.min-answer", "2"),
                Map.entry("minigpt.generation.checks.max-answer", "200"),
                Map.entry("minigpt.generation.checks.min-grounding", "0.7"),
                Map.entry("minigpt.generation.checks.min-chinese", "0.6"),
                Map.entry("minigpt.generation.teachers.ollama.rate-per-minute", "600"),
                Map.entry("minigpt.generation.teachers.ollama.breaker-threshold", "3"),
                Map.entry("minigpt.generation.teachers.ollama.breaker-pause", "1s"),
                Map.entry("minigpt.generation.teachers.ollama.breaker-max-pause", "1m"),
                Map.entry("minigpt.generation.teachers.ollama.price-in", "0.15"),
                Map.entry("minigpt.generation.teachers.ollama.price-out", "0.6"),
                Map.entry("minigpt.generation.teachers.ollama.kind", "openai"),
                Map.entry("minigpt.generation.teachers.ollama.base-url", "http://localhost:11434/v1"),
                Map.entry("minigpt.generation.teachers.ollama.model", "llama3.1"),
                Map.entry("minigpt.generation.teachers.ollama.api-key", "k"),
                Map.entry("minigpt.generation.teachers.ollama.timeout", "10s"),
                Map.entry("minigpt.generation.teachers.ollama.concurrency", "8"),
                Map.entry("minigpt.generation.teachers.ollama.max-calls", "2"),
                Map.entry("minigpt.generation.teachers.ollama.temperature", "0.5"),
                Map.entry("minigpt.generation.teachers.ollama.seed", "7"),
                Map.entry("minigpt.generation.teachers.ollama.max-tokens", "900"),
                Map.entry("minigpt.generation.teachers.ollama.json-schema", "true")));

        assertThat(config.prompts()).contains(Path.of("/p"));
        assertThat(config.teacher()).contains("ollama");
        assertThat(config.pairs()).isEqualTo(3);
        assertThat(config.passageLimit()).isEqualTo(800);
        assertThat(config.maxAttempts()).isEqualTo(2);
        assertThat(config.progressEvery()).isEqualTo(Duration.ofSeconds(1));
        TeacherSettings teacher = config.teachers().get("ollama");
        assertThat(teacher.kind()).isEqualTo(TeacherSettings.Kind.OPENAI);
        assertThat(teacher.baseUrl()).contains(URI.create("http://localhost:11434/v1"));
        assertThat(teacher.model()).contains("llama3.1");
        assertThat(teacher.apiKey()).contains("k");
        assertThat(teacher.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(teacher.concurrency()).isEqualTo(8);
        assertThat(teacher.maxCalls()).isEqualTo(2);
        assertThat(teacher.temperature()).hasValue(0.5);
        assertThat(teacher.seed()).hasValue(7);
        assertThat(teacher.maxTokens()).hasValue(900);
        assertThat(teacher.jsonSchema()).isTrue();
        assertThat(config.checks().limits()).isEqualTo(new PairLimits(5, 50, 2, 200, 0.7, 0.6));
        assertThat(teacher.ratePerMinute()).hasValue(600);
        assertThat(teacher.breakerThreshold()).isEqualTo(3);
        assertThat(teacher.breakerPause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(teacher.breakerMaxPause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(teacher.priceIn()).isEqualByComparingTo("0.15");
        assertThat(teacher.priceOut()).isEqualByComparingTo("0.6");
    }

    @Test
    void aTeacherCanBeConfiguredByTheEnvironmentAlone() {
        TeachersConfig config = Settings.ofEnvironment(Map.of(
                "MINIGPT_TEACHING_TEACHER", "ollama",
                "MINIGPT_TEACHING_TEACHERS_OLLAMA_KIND", "openai",
                "MINIGPT_TEACHING_TEACHERS_OLLAMA_BASE_URL", "http://localhost:11434/v1",
                "MINIGPT_TEACHING_TEACHERS_OLLAMA_MODEL", "llama3.1"));

        assertThat(config.teacher()).isEqualTo("ollama");
        assertThat(config.teachers().get("ollama").model()).contains("llama3.1");
        assertThat(config.teachers().get("ollama").baseUrl()).contains(URI.create("http://localhost:11434/v1"));
    }
}
