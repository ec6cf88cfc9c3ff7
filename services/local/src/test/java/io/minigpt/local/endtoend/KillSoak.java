package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.local.system.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services are killed in the middle of their work; the run ends with what an undisturbed one ends with. */
class KillSoak {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Map<String, List<String>> COUNTS = Map.of(
            "generate", List.of("pairs"),
            "augment", List.of("variants"),
            "freeze-pretraining", List.of("trainRecords", "validationRecords", "trainTokens", "validationTokens"),
            "freeze-sft", List.of("trainRecords", "validationRecords", "trainTokens", "validationTokens"));

    @TempDir
    Path folder;

    @Test
    void aRunWithKilledServicesEndsLikeAnUndisturbedOne() throws Exception {
        Map<String, Long> undisturbed;
        try (PackagedSystem system = new PackagedSystem(folder.resolve("undisturbed"))) {
            // Given
            system.up();
            JsonNode run = system.awaitRun(begin(system), LIMIT, KillSoak::hasSucceeded);
            undisturbed = counts(run);
        }
        try (PackagedSystem system = new PackagedSystem(folder.resolve("disturbed"))) {
            system.up();
            String id = begin(system);

            // When: each is killed as soon as it works, and restarted
            killDuring(system, id, "generate", Service.QA_GENERATION);
            killDuring(system, id, "augment", Service.AUGMENTATION);
            killDuring(system, id, "pretrain", Service.TRAINING_WORKER);
            killDuring(system, id, "fine-tune", Service.TRAINING_WORKER);
            killDuring(system, id, "evaluate", Service.TRAINING_ORCHESTRATOR);
            JsonNode run = system.awaitRun(id, LIMIT, KillSoak::hasSucceeded);

            // Then
            assertThat(counts(run)).isEqualTo(undisturbed);
            assertThat(run.path("models")).hasSize(2);
            assertThat(system.get("/api/models/soak/versions").path("items")).hasSize(1);
            assertThat(system.get("/api/models/soak-base/versions").path("items"))
                    .hasSize(1);
        }
    }

    private static String begin(PackagedSystem system) throws Exception {
        system.load("soak", "documents", system.samples().resolve("documents.jsonl"));
        long revision = system.load("soak", "questions", system.samples().resolve("questions.jsonl"))
                .path("revision")
                .asLong();
        String overrides = "{\"max_iters\": \"60\", \"eval_interval\": \"15\", \"eval_iters\": \"2\"}";
        return system.post("/api/pipelines", """
                        {"name": "soak", "corpus": "soak", "corpusRevision": %d, "modelPreset": "demo",
                         "pretrainingPreset": "demo-pretrain", "sftPreset": "demo-sft",
                         "pretrainingOverrides": %s, "sftOverrides": %s, "alias": "champion"}""".formatted(revision, overrides, overrides))
                .path("id")
                .asText();
    }

    private static void killDuring(PackagedSystem system, String id, String step, Service service) throws Exception {
        system.awaitRun(id, LIMIT, run -> hasBegun(PackagedSystem.step(run, step)));
        system.kill(service);
        system.up();
    }

    private static boolean hasBegun(JsonNode step) {
        return !step.path("state").asText().equals("pending");
    }

    private static boolean hasSucceeded(JsonNode run) {
        return run.path("state").asText().equals("succeeded");
    }

    private static Map<String, Long> counts(JsonNode run) {
        Map<String, Long> counts = new TreeMap<>();
        COUNTS.forEach((step, figures) -> figures.forEach(figure -> {
            JsonNode count = PackagedSystem.step(run, step).path("details").path(figure);
            assertThat(count.isIntegralNumber()).as("%s of %s", figure, step).isTrue();
            counts.put(step + " " + figure, count.asLong());
        }));
        return counts;
    }
}
