package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.local.system.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services are killed in the middle of their work; the run ends with what an undisturbed one ends with. */
class KillSoak {
    private static final Duration LIMIT = Duration.ofMinutes(20);
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

            // When: the same again
            JsonNode again = system.awaitRun(begin(system), LIMIT, KillSoak::hasSucceeded);

            // Then: nothing is asked twice
            assertThat(counts(again)).isEqualTo(undisturbed);
            assertThat(List.of("generate", "augment"))
                    .allSatisfy(step -> assertThat(PackagedSystem.step(again, step)
                                    .at("/details/teacherCalls")
                                    .asInt(-1))
                            .isZero());
        }
        try (PackagedSystem system = new PackagedSystem(folder.resolve("disturbed"))) {
            system.up();
            String id = begin(system);

            // When: each is killed in the middle of its work, and restarted
            killDuring(
                    system,
                    id,
                    Map.of(
                            "generate", List.of(Service.QA_GENERATION, Service.CORPUS),
                            "augment", List.of(Service.AUGMENTATION)));
            killDuring(system, id, Map.of("pretrain", List.of(Service.TRAINING_WORKER, Service.TOKENIZATION)));
            killDuring(system, id, Map.of("fine-tune", List.of(Service.TRAINING_WORKER, Service.MODEL_REGISTRY)));
            killDuring(system, id, Map.of("evaluate", List.of(Service.TRAINING_ORCHESTRATOR, Service.INFERENCE)));
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
        String overrides = "{\"max_iters\": \"40\", \"eval_interval\": \"10\", \"eval_iters\": \"2\"}";
        return system.post("/api/pipelines", """
                        {"name": "soak", "corpus": "soak", "corpusRevision": %d, "teacher": "steady", "modelPreset": "demo",
                         "pretrainingPreset": "demo-pretrain", "sftPreset": "demo-sft",
                         "pretrainingOverrides": %s, "sftOverrides": %s, "alias": "champion"}""".formatted(revision, overrides, overrides))
                .path("id")
                .asText();
    }

    /** Kills the services of each step as soon as it has begun, in whatever order they do, and then starts all again. */
    private static void killDuring(PackagedSystem system, String id, Map<String, List<Service>> servicesOf)
            throws Exception {
        Set<String> awaited = new TreeSet<>(servicesOf.keySet());
        while (!awaited.isEmpty()) {
            JsonNode run = system.awaitRun(
                    id,
                    LIMIT,
                    current -> awaited.stream().anyMatch(name -> hasBegun(PackagedSystem.step(current, name))));
            for (String name : servicesOf.keySet()) {
                JsonNode step = PackagedSystem.step(run, name);
                if (hasBegun(step) && awaited.remove(name)) {
                    assertThat(isOver(step))
                            .as("%s killed too late to disturb it", name)
                            .isFalse();
                    for (Service service : servicesOf.get(name)) {
                        system.kill(service);
                    }
                }
            }
        }
        system.up();
    }

    private static boolean hasBegun(JsonNode step) {
        return step.path("done").asLong() > 0 || isOver(step);
    }

    private static boolean isOver(JsonNode step) {
        return step.path("state").asText().equals("succeeded");
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
