package io.minigpt.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

    @ParameterizedTest
    @CsvSource({
        "/api/corpora, corpus",
        "/api/corpora/samples/documents, corpus",
        "/api/imports/1, corpus",
        "/api/corrections, corpus",
        "/api/generation/runs, qa-generation",
        "/api/augmentation/runs, augmentation",
        "/api/datasets/samples-sft/versions/1/files/evaluation/curated.jsonl, tokenization",
        "/api/pipelines/1/events, training-orchestrator",
        "/api/training-runs/1/metrics, training-orchestrator",
        "/api/evaluations, training-orchestrator",
        "/api/models/samples/versions, model-registry",
        "/v1/models, inference",
        "/api/arena/battles, inference",
        "/api/flags, inference",
        "/api/traces/1, inference",
    })
    void aPathBelongsToTheServiceThatOwnsIt(String path, String service) {
        RoutingTable table = new RoutingTable(LocalConsole.config(Map.of()));

        assertThat(table.upstream(path)).map(Upstream::service).contains(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/corporation", "/v12/models", "/", "/q/metrics", "/api/worker"})
    void anyOtherPathBelongsToNobody(String path) {
        RoutingTable table = new RoutingTable(LocalConsole.config(Map.of()));

        assertThat(table.upstream(path)).isEmpty();
    }

    @Test
    void theConfigurationMovesAService() {
        ConsoleConfig config =
                LocalConsole.config(Map.of("minigpt.console.routes.qa-generation", "https://generation.example"));

        Upstream upstream = new RoutingTable(config).upstream("/api/generation").orElseThrow();

        assertThat(upstream.host()).isEqualTo("generation.example");
        assertThat(upstream.port()).isEqualTo(443);
        assertThat(upstream.encrypted()).isTrue();
    }

    @Test
    void anAddressThatIsNoneIsRefusedByItsName() {
        ConsoleConfig config = LocalConsole.config(Map.of("minigpt.console.routes.corpus", "127.0.0.1"));

        assertThatThrownBy(() -> new RoutingTable(config)).hasMessageContaining("minigpt.console.routes.corpus");
    }
}
