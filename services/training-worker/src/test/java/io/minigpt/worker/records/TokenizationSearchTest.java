package io.minigpt.worker.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.evaluation.NearRecord;
import io.minigpt.evaluation.NearestRecords;
import io.minigpt.platform.records.RecordsClient;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.platform.testkit.ScriptedEndpoint.Step;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.worker.RecordSearch;
import io.minigpt.worker.WorkerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenizationSearchTest {

    private static final DatasetVersion DATASET =
            DatasetVersion.newBuilder().setName("samples-sft").setVersion(2).build();

    private record Settings(URI address, int most, Duration patience, Duration budget)
            implements WorkerConfig.Records {}

    @Test
    void keepsWhatARecordIsKnownBy() {
        String found = """
                {"items": [{"similarity": 0.75, "split": "train", "label": "trained",
                            "record": {"id": "r1", "question": "水？", "answer": "%s"}}]}
                """.formatted("水".repeat(101));
        try (ScriptedEndpoint tokenization = new ScriptedEndpoint(new Step.Fail(200, found, Map.of()))) {
            NearestRecords nearest = search(tokenization, Duration.ofMinutes(1)).nearest("水是什么？", "液体");

            assertThat(nearest.records())
                    .containsExactly(new NearRecord("r1", 0.75, "trained", "水？", "水".repeat(100) + "…"));
            assertThat(nearest.missing()).isEmpty();
            assertThat(tokenization.received())
                    .extracting(ScriptedEndpoint.Received::path)
                    .containsExactly("/api/datasets/samples-sft/versions/2/nearest");
        }
    }

    @Test
    void asksNoMoreWhenItGetsNoAnswer() {
        Step refusal = new Step.Fail(503, "{\"detail\": \"the database is away\"}", Map.of());
        try (ScriptedEndpoint tokenization = new ScriptedEndpoint(refusal)) {
            RecordSearch search = search(tokenization, Duration.ofMinutes(1));

            NearestRecords first = search.nearest("水是什么？", "液体");
            NearestRecords second = search.nearest("火？", "热");

            assertThat(first).isEqualTo(NearestRecords.missing("tokenization says: the database is away"));
            assertThat(second).isEqualTo(first);
            assertThat(tokenization.received()).hasSize(1);
        }
    }

    @Test
    void asksNoMoreWhenItsTimeIsSpent() {
        Step slow = new Step.Slow(Duration.ofMillis(20), new Step.Fail(200, "{\"items\": []}", Map.of()));
        try (ScriptedEndpoint tokenization = new ScriptedEndpoint(slow)) {
            RecordSearch search = search(tokenization, Duration.ofMillis(10));

            assertThat(search.nearest("水是什么？", "液体")).isEqualTo(NearestRecords.none());
            assertThat(search.nearest("火？", "热").missing())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("took longer than"));
            assertThat(tokenization.received()).hasSize(1);
        }
    }

    private static RecordSearch search(ScriptedEndpoint tokenization, Duration budget) {
        Settings settings = new Settings(tokenization.url(), 3, Duration.ofSeconds(5), budget);
        return new TokenizationSearch(
                new RecordsClient(new ObjectMapper(), settings.address(), settings.patience()), DATASET, settings);
    }
}
