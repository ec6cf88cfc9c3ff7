package io.minigpt.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {

    @Test
    void readsTheVariablesThatTheServicesRead() {
        // Given
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                "KAFKA_SASL_JAAS_CONFIG", "org.example.Login required;",
                "KAFKA_HEAP_OPTS", "-Xmx1g",
                "PATH", "/bin");

        // When
        Map<String, Object> settings = TopicsCommand.settings(environment);

        // Then
        assertThat(settings)
                .isEqualTo(
                        Map.of("bootstrap.servers", "broker:9093", "sasl.jaas.config", "org.example.Login required;"));
    }
}
