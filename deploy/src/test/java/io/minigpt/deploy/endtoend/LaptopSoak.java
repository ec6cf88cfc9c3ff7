package io.minigpt.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.local.system.Service;
import io.minigpt.platform.servers.LoopbackPort;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged services run from the environment that the laptop's overlay gives them, and leave when they are told to. */
class LaptopSoak {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int ANSWERS = 4;

    @TempDir
    Path folder;

    @Test
    @Timeout(1200)
    void servicesStartFromTheManifestsAndDrainUnderLoad() throws Exception {
        try (LaptopSystem system = new LaptopSystem(folder)) {
            // Given: topics by the job, which may run again
            system.createTopics();
            system.createTopics();

            // When: every service starts, and two replicas want to migrate the same empty database
            try (Pod replica = system.start(Service.CORPUS, "corpus-replica", LoopbackPort.free())) {
                system.start();
                replica.awaitReady();
                report("corpus, second replica", replica.stop());
            }

            // When: each service is told to end in the middle of its work
            String id = begin(system);
            List<String> asking = List.of("generate", "augment");
            restartDuring(system, id, asking, Service.QA_GENERATION, Service.AUGMENTATION, Service.CORPUS);
            restartDuring(system, id, List.of("pretrain"), Service.TRAINING_WORKER, Service.TOKENIZATION);
            restartDuring(system, id, List.of("fine-tune"), Service.MODEL_REGISTRY, Service.TRAINING_ORCHESTRATOR);
            system.awaitRun(id, LIMIT, run -> run.path("state").asText().equals("succeeded"));

            // When: inference ends in the middle of answers
            List<List<String>> answers = answersWhileInferenceEnds(system);

            // Then: they are whole
            assertThat(answers)
                    .hasSize(ANSWERS)
                    .allSatisfy(lines -> assertThat(lines).last().isEqualTo("data: [DONE]"));
            system.restart(Service.CONSOLE).forEach((service, time) -> report(service.label(), time));

            // Then: nothing needed more memory than its container has
            assertThat(system.memory()).hasSize(Service.values().length).allSatisfy((service, used) -> {
                long limit = system.pod(service).memoryLimit() >> 20;
                System.out.printf(Locale.ROOT, "memory  %-22s %4d of %4d MiB%n", service.label(), used, limit);
                assertThat(used).isLessThan(limit);
            });
        }
    }

    private static String begin(LaptopSystem system) throws Exception {
        system.load("laptop", "documents", system.samples().resolve("documents.jsonl"));
        long revision = system.load("laptop", "questions", system.samples().resolve("questions.jsonl"))
                .path("revision")
                .asLong();
        String overrides = "{\"max_iters\": \"12\", \"eval_interval\": \"6\", \"eval_iters\": \"2\"}";
        String request = """
                {"name": "laptop", "corpus": "laptop", "corpusRevision": %d, "modelPreset": "demo",
                 "pretrainingPreset": "demo-pretrain", "sftPreset": "demo-sft",
                 "pretrainingOverrides": %s, "sftOverrides": %s, "alias": "champion"}""".formatted(revision, overrides, overrides);
        return system.post("/api/pipelines", "application/json", BodyPublishers.ofString(request))
                .path("id")
                .asText();
    }

    private static void restartDuring(LaptopSystem system, String id, List<String> names, Service... services)
            throws Exception {
        JsonNode run = system.awaitRun(
                id,
                LIMIT,
                current -> names.stream()
                        .map(name -> step(current, name))
                        .allMatch(step -> step.path("done").asLong() > 0 || isOver(step)));
        assertThat(names).as("told too late to disturb them").noneMatch(name -> isOver(step(run, name)));
        system.restart(services).forEach((service, time) -> report(service.label() + " during " + names, time));
    }

    private static List<List<String>> answersWhileInferenceEnds(LaptopSystem system) throws Exception {
        String request = """
                {"model": "laptop-base", "prompt": "太阳", "max_tokens": 100, "temperature": 1, "repetition": "off",
                 "stream": true}""";
        CountDownLatch begun = new CountDownLatch(ANSWERS);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> answers = IntStream.range(0, ANSWERS)
                    .mapToObj(caller -> callers.submit(() -> system.stream(request)
                            .filter(line -> !line.isBlank())
                            .peek(line -> begun.countDown())
                            .toList()))
                    .toList();
            assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            system.restart(Service.INFERENCE)
                    .forEach((service, time) -> report("inference with " + ANSWERS + " answers", time));
            List<List<String>> whole = new ArrayList<>();
            for (Future<List<String>> answer : answers) {
                whole.add(answer.get());
            }
            return whole;
        }
    }

    private static JsonNode step(JsonNode run, String name) {
        return StreamSupport.stream(run.path("steps").spliterator(), false)
                .filter(step -> step.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + name + " in " + run));
    }

    private static boolean isOver(JsonNode step) {
        return step.path("state").asText().equals("succeeded");
    }

    private static void report(String what, Duration time) {
        System.out.printf(Locale.ROOT, "stopped %-34s after %4.1f s%n", what, time.toMillis() / 1000.0);
    }
}
