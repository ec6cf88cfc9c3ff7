package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's presets as they are: the model learns what the demo promises. */
class DemoSoak {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    @Test
    void theModelKnowsItsCuratedQuestionsByHeart() throws Exception {
        try (PackagedSystem system = new PackagedSystem(folder)) {
            // Given
            system.up();
            system.load("demo", "documents", system.samples().resolve("documents.jsonl"));
            long revision = system.load("demo", "questions", system.samples().resolve("questions.jsonl"))
                    .path("revision")
                    .asLong();

            // When
            String id = system.post("/api/pipelines", """
                            {"name": "demo", "corpus": "demo", "corpusRevision": %d, "modelPreset": "demo",
                             "pretrainingPreset": "demo-pretrain", "sftPreset": "demo-sft"}""".formatted(revision))
                    .path("id")
                    .asText();
            JsonNode run = system.awaitRun(
                    id, LIMIT, current -> current.path("state").asText().equals("succeeded"));

            // Then: what fine-tuning starts from has learned more than which tokens are frequent
            assertThat(lastLoss(run, "pretrain")).isLessThan(4.4);
            assertThat(lastLoss(run, "fine-tune")).isLessThan(0.8);
            assertThat(curatedRougeL(run)).isGreaterThan(0.9);
        }
    }

    private static double lastLoss(JsonNode run, String step) {
        return PackagedSystem.step(run, step).at("/details/lastLoss").asDouble(Double.NaN);
    }

    private static double curatedRougeL(JsonNode run) {
        for (JsonNode metric : PackagedSystem.step(run, "evaluate").at("/details/metrics")) {
            boolean curated = metric.path("set").asText().equals("curated");
            if (curated && metric.path("name").asText().equals("rouge_l")) {
                return metric.path("value").asDouble();
            }
        }
        throw new AssertionError("no ROUGE-L of the curated questions in " + run);
    }
}
