package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.local.system.ProcessStatus;
import io.minigpt.local.system.ProcessStatus.Running;
import io.minigpt.local.system.ProcessStatus.Stopped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a file to an answer through the packaged services, shortened to a few training steps. */
class MainJobIT {
    private static final int DOCUMENTS = 30;
    private static final int QUESTIONS = 12;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration REGENERATION_LIMIT = Duration.ofMinutes(2);
    private static final long MEMORY_LIMIT_BYTES = 4L << 30;

    @TempDir
    Path folder;

    @Test
    void makesAServedModelFromAFileAndANewerOneFromAChangedDocument() throws Exception {
        try (PackagedSystem system = new PackagedSystem(folder.resolve("home"))) {
            // Given
            Path documents = SampleExcerpt.copy(system.samples().resolve("documents.jsonl"), DOCUMENTS, folder);
            Path questions = SampleExcerpt.copy(system.samples().resolve("questions.jsonl"), QUESTIONS, folder);
            SampleExcerpt.appendBrokenLines(documents);

            // When
            int status = demo(system, documents, questions);

            // Then
            assertThat(status).isZero();
            assertThat(system.status()).allMatch(ProcessStatus::isReady);
            assertThat(memory(system.status())).isLessThan(MEMORY_LIMIT_BYTES);
            assertThat(system.get("/api/corpora/e2e").path("documents").asInt()).isEqualTo(DOCUMENTS);

            JsonNode first = newestRun(system);
            assertThat(first.path("state").asText()).isEqualTo("succeeded");
            assertThat(PackagedSystem.step(first, "generate")
                            .at("/details/pairs")
                            .asInt())
                    .isPositive();
            assertThat(PackagedSystem.step(first, "generate")
                            .at("/details/teacherCalls")
                            .asInt())
                    .isPositive();

            JsonNode version =
                    system.get("/api/models/e2e/versions").path("items").path(0);
            assertThat(version.at("/aliases/0").asText()).isEqualTo("champion");
            assertThat(version.at("/lineage/dataset/name").asText()).isEqualTo("e2e-sft");
            assertThat(version.at("/lineage/base/model").asText()).isEqualTo("e2e-base");

            JsonNode completion = system.post(
                    "/v1/completions", "{\"model\": \"e2e@champion\", \"prompt\": \"太阳是什么？\", \"max_tokens\": 8}");
            assertThat(completion.path("choices")).hasSize(1);
            assertThat(reportFiles(system, first)).contains("loss.svg", "report.txt");

            regeneratesWhatOneChangedDocumentTouches(system, documents);
            freezesNothingOfWhatWasRetracted(system);

            // When
            system.minigpt("down");

            // Then
            assertThat(system.status()).allMatch(process -> process.state() instanceof Stopped);
        }
    }

    private void regeneratesWhatOneChangedDocumentTouches(PackagedSystem system, Path documents) throws Exception {
        // Given a champion, and a document that says something else now
        JsonNode before = champion(system);
        JsonNode imported = system.load("e2e", "documents", SampleExcerpt.firstWithAnotherSentence(documents, folder));

        // When
        regenerate(
                system,
                "e2e-fresher",
                "REGENERATION_GOAL_PROMOTE",
                imported.path("revision").asLong());

        // Then
        system.awaitRunStarted("e2e-fresher", ANSWER_LIMIT);
        JsonNode run = system.awaitRun(
                "e2e-fresher",
                REGENERATION_LIMIT,
                found -> found.path("state").asText().equals("succeeded"));
        assertThat(PackagedSystem.step(run, "plan").at("/details/documents").asInt())
                .isEqualTo(1);
        assertThat(PackagedSystem.step(run, "generate").path("total").asInt()).isEqualTo(1);
        JsonNode dataset =
                system.get("/api/datasets/e2e-sft/versions").path("items").path(0);
        assertThat(dataset.path("version").asInt()).isEqualTo(2);
        assertThat(dataset.path("parentVersion").asInt()).isEqualTo(1);
        JsonNode champion = system.get(
                "/api/models/e2e/versions/" + run.at("/models/0/version").asText());
        assertThat(champion.at("/aliases/0").asText()).isEqualTo("champion");
        assertThat(champion.at("/lineage/dataset/version").asInt()).isEqualTo(2);
        assertThat(champion.at("/lineage/base/version")).isEqualTo(before.at("/lineage/base/version"));
        assertThat(champion.path("version").asInt())
                .isGreaterThan(before.path("version").asInt());
    }

    private static void freezesNothingOfWhatWasRetracted(PackagedSystem system) throws Exception {
        // Given a document with pairs and a question with variants, all of them in the newest version
        String document = null;
        for (JsonNode row : system.get("/api/corpora/e2e/documents").path("items")) {
            if (records(system, row.path("id").asText()) > 0) {
                document = row.path("id").asText();
                break;
            }
        }
        String question =
                system.get("/api/corpora/e2e/questions").at("/items/0/id").asText();
        assertThat(document).isNotNull();
        assertThat(records(system, question)).isGreaterThan(1);

        // When
        system.delete("/api/corpora/e2e/documents/" + document);
        JsonNode last = system.delete("/api/corpora/e2e/questions/" + question);
        regenerate(
                system,
                "e2e-fewer",
                "REGENERATION_GOAL_FREEZE",
                last.path("revision").asLong());
        system.awaitRunStarted("e2e-fewer", ANSWER_LIMIT);
        system.awaitRun(
                "e2e-fewer",
                REGENERATION_LIMIT,
                found -> found.path("state").asText().equals("succeeded"));

        // Then
        JsonNode dataset =
                system.get("/api/datasets/e2e-sft/versions").path("items").path(0);
        assertThat(dataset.path("version").asInt()).isEqualTo(3);
        assertThat(records(system, document)).isZero();
        assertThat(records(system, question)).isZero();
    }

    /** Records of the newest version for fine-tuning that are one or were made from it. */
    private static int records(PackagedSystem system, String id) throws Exception {
        int newest = system.get("/api/datasets/e2e-sft/versions")
                .at("/items/0/version")
                .asInt();
        for (JsonNode share :
                system.get("/api/datasets/records/" + id + "/versions").path("items")) {
            if (share.path("dataset").asText().equals("e2e-sft")
                    && share.path("version").asInt() == newest) {
                return share.path("records").asInt();
            }
        }
        return 0;
    }

    private static void regenerate(PackagedSystem system, String id, String goal, long corpusRevision)
            throws Exception {
        ConsoleProducer.send(
                system.kafka(),
                "dataset.commands.v1",
                Map.of(
                        "content-type", "application/json",
                        "ce_type", "io.minigpt.dataset.regeneration.requested.v1",
                        "ce_id", id),
                id,
                "{\"name\": \"e2e\", \"goal\": \"%s\", \"corpusRevision\": %d}".formatted(goal, corpusRevision));
    }

    private static JsonNode champion(PackagedSystem system) throws Exception {
        for (JsonNode version : system.get("/api/models/e2e/versions").path("items")) {
            if (version.at("/aliases/0").asText().equals("champion")) {
                return version;
            }
        }
        throw new AssertionError("no version is champion");
    }

    private static int demo(PackagedSystem system, Path documents, Path questions) {
        return system.minigpt(
                "demo",
                "--corpus",
                documents.toString(),
                "--questions",
                questions.toString(),
                "--name",
                "e2e",
                "-P",
                "max_iters=12",
                "-P",
                "eval_interval=6",
                "-P",
                "eval_iters=2",
                "-F",
                "max_iters=12",
                "-F",
                "eval_interval=6",
                "-F",
                "eval_iters=2");
    }

    private static JsonNode newestRun(PackagedSystem system) throws Exception {
        String id = system.get("/api/pipelines").at("/items/0/id").asText();
        return system.get("/api/pipelines/" + id);
    }

    private static List<String> reportFiles(PackagedSystem system, JsonNode run) throws Exception {
        try (Stream<Path> files =
                Files.list(system.reports().resolve(run.path("id").asText()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static long memory(List<ProcessStatus> statuses) {
        return statuses.stream()
                .mapToLong(status -> status.state() instanceof Running running ? running.memoryBytes() : 0)
                .sum();
    }
}
