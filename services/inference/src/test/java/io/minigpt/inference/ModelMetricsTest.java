package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.Generation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void timesAndTokensHaveTheNamesOfTheConventions() {
        ModelMetrics metrics = new ModelMetrics(registry, new VersionId("samples", 3), () -> 4, () -> 2);

        metrics.ended(
                new Generation("abc", List.of(1, 2, 3), 7, FinishReason.LENGTH, List.of()),
                Duration.ofMillis(100),
                Duration.ofMillis(300));

        assertThat(seconds("gen_ai.server.time_to_first_token")).isEqualTo(0.1);
        assertThat(seconds("gen_ai.server.time_per_output_token")).isEqualTo(0.1);
        assertThat(seconds("gen_ai.server.request.duration")).isEqualTo(0.3);
        assertThat(tokens("input")).isEqualTo(7);
        assertThat(tokens("output")).isEqualTo(3);
        assertThat(registry.get("minigpt.inference.queue.size").gauge().value()).isEqualTo(4);
        assertThat(registry.get("minigpt.inference.batch.size").gauge().value()).isEqualTo(2);
    }

    @Test
    void aVersionThatLeavesTakesItsFiguresWithIt() {
        ModelMetrics metrics = new ModelMetrics(registry, new VersionId("samples", 3), () -> 0, () -> 0);

        metrics.close();

        assertThat(registry.getMeters()).isEmpty();
    }

    private double seconds(String name) {
        return registry.get(name)
                .tag("gen_ai.response.model", "samples:3")
                .timer()
                .totalTime(TimeUnit.SECONDS);
    }

    private double tokens(String type) {
        return registry.get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", type)
                .counter()
                .count();
    }
}
