package io.minigpt.registry;

import static io.minigpt.registry.TestRuns.evaluation;
import static io.minigpt.registry.TestRuns.pretraining;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.minigpt.evaluation.AnswerMetrics;
import io.minigpt.evaluation.NearRecord;
import io.minigpt.evaluation.NearestRecords;
import io.minigpt.evaluation.ScoredAnswer;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.Metric;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AnswersIT {

    private static EventProbe probe;

    @Inject
    ArtifactStore artifacts;

    @BeforeAll
    static void connect() {
        probe = new EventProbe();
    }

    @AfterAll
    static void disconnect() {
        probe.close();
    }

    @Test
    void aFileOfQuestionsBecomesAFileOfAnswers() throws IOException {
        // Given a version and a file of questions, one with an answer
        register("answering-1", "answering");
        String run = ask("answering", "{\"question\":\"水是什么？\",\"answer\":\"液体\"}\n\n{\"question\":\"火？\",\"x\":1}\n")
                .statusCode(202)
                .body("questions", equalTo(2))
                .body("state", equalTo("waiting"))
                .extract()
                .path("runId");

        // When a worker was asked and has answered
        EvaluationRequested request = probe.await(
                        EvaluationRequested.class, m -> m.getRunId().equals(run))
                .data();
        assertThat(request.getVersion().getModel()).isEqualTo("answering");
        assertThat(request.hasDataset()).isFalse();
        assertThat(request.getConfiguration()).isEqualTo("{\"seed\":7}");
        assertThat(new String(artifacts.open(request.getFiles(0).getFile()).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"question\":\"水是什么？\",\"answer\":\"液体\"}\n{\"question\":\"火？\"}\n");
        when().get(address(run) + "/answers").then().statusCode(409).body("detail", containsString("waiting"));
        probe.publish(
                run,
                EvaluationFinished.newBuilder()
                        .setRunId(run)
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setVersion(request.getVersion())
                        .setAnswers(store(
                                answer("1", "unknown", "水是什么？", "是液体", "液体"), answer("2", "unknown", "火？", "热", null)))
                        .build());
        Eventually.get(() -> when().get(address(run)).<String>path("state"), "succeeded"::equals);

        // Then the answers are there, in order
        String lines = when().get(address(run) + "/answers")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(lines)
                .isEqualTo("{\"question\":\"水是什么？\",\"answer\":\"是液体\"}\n{\"question\":\"火？\",\"answer\":\"热\"}\n");
    }

    @Test
    void aFailedFileSaysWhy() {
        register("failing-1", "failing");
        String run = ask("failing", "{\"question\":\"水？\"}").extract().path("runId");
        EvaluationRequested request = probe.await(
                        EvaluationRequested.class, m -> m.getRunId().equals(run))
                .data();
        probe.publish(
                run,
                EvaluationFinished.newBuilder()
                        .setRunId(run)
                        .setOutcome(Outcome.OUTCOME_FAILED)
                        .setReason("out of memory")
                        .setVersion(request.getVersion())
                        .build());
        String address = "/api/models/failing/versions/1/questions/" + run;

        Eventually.get(() -> when().get(address).<String>path("state"), "failed"::equals);

        when().get(address).then().body("reason", equalTo("out of memory"));
        when().get(address + "/answers").then().statusCode(409).body("detail", containsString("out of memory"));
        ask("failing", "{\"question\":\"水？\"}\n{\"answer\":\"火\"}")
                .statusCode(400)
                .body("detail", containsString("line 2"));
        ask("failing", "").statusCode(400);
        ask("unheard", "{\"question\":\"水？\"}").statusCode(404);
    }

    @Test
    void reportsAndComparesOnTheSameItems() throws IOException {
        // Given two versions that were asked six items, all of which the second answers better
        register("paired-1", "paired");
        register("paired-2", "paired");
        judge("paired", 1, "火");
        judge("paired", 2, "水");

        when().get("/api/models/paired/versions/2/evaluations/paired?with=paired:1")
                .then()
                .statusCode(200)
                .body("slices.find { it.metric == 'rouge_l' }.items", equalTo(6))
                .body("slices.find { it.metric == 'rouge_l' }.difference", equalTo(1.0f))
                .body("slices.find { it.metric == 'rouge_l' }.low", equalTo(1.0f))
                // 2 of 64 assignments of signs
                .body("slices.find { it.metric == 'rouge_l' }.pValue", equalTo(0.03125f));
        String evaluations = "/api/models/paired/versions/2/evaluations/";
        when().get(evaluations + "judged-paired-2/report")
                .then()
                .statusCode(200)
                .body("slices.label", contains("unseen"))
                .body("slices[0].figures.rouge_l", equalTo(1.0f))
                .body("slices[0].histograms[0].counts", contains(0, 0, 0, 0, 0, 0, 0, 0, 0, 6))
                .body("slices[0].heads.title", contains("characters", "repetition", "content", "time"))
                .body("slices[0].heads[3].finding", containsString("after 21 ms"))
                .body("slices[0].best", hasSize(5))
                .body("slices[0].best[0].nearest", startsWith("/api/datasets/news-sft/versions/4/nearest?question="));
        String page = when().get(evaluations + "judged-paired-2/report.html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page).contains("paired:2", "<svg", "水");
        String lines = when().get(evaluations + "judged-paired-2/answers")
                .then()
                .extract()
                .asString();
        assertThat(lines.lines()).hasSize(6);
        when().get(evaluations + "judged-paired-1/report").then().statusCode(404);
        when().get(evaluations + "paired?with=paired").then().statusCode(400);
        when().get(evaluations + "paired?with=paired:9").then().statusCode(404);
    }

    @Test
    void aVersionIsHadInOtherFormats(@TempDir Path folder) throws IOException {
        // Given a version with a whole checkpoint, and one whose file is no checkpoint
        List<Artifact> files = new ArrayList<>();
        TinyCheckpoint.write(folder.resolve("checkpoint"));
        for (String name : List.of("model.safetensors", "checkpoint.json")) {
            files.add(artifacts.put(
                    "runs/exported/1-20/" + name, folder.resolve("checkpoint").resolve(name)));
        }
        probe.publish(
                "exported-1",
                pretraining("exported-1", "exported").toBuilder()
                        .setCheckpoints(
                                0,
                                TestRuns.checkpoint(20, true, "last").toBuilder()
                                        .addAllFiles(files))
                        .build());
        probe.await(VersionRegistered.class, m -> m.getRunId().equals("exported-1"));
        register("exported-2", "exported");

        when().post(export(1, "gguf-q8_0")).then().statusCode(202).body("format", equalTo("gguf-q8_0"));
        Eventually.get(() -> when().get(export(1, "gguf-q8_0")).<String>path("state"), "succeeded"::equals);
        when().post(export(1, "huggingface")).then().statusCode(202);
        Eventually.get(() -> when().get(export(1, "huggingface")).<String>path("state"), "succeeded"::equals);
        when().post(export(2, "gguf-f32")).then().statusCode(202);
        Eventually.get(() -> when().get(export(2, "gguf-f32")).<String>path("state"), "failed"::equals);

        byte[] gguf = when().get(export(1, "gguf-q8_0") + "/files/exported-1.gguf")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(new String(gguf, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("GGUF");
        when().get(export(1, "huggingface"))
                .then()
                .body("files.name", hasItems("config.json", "model.safetensors", "tokenizer.json"));
        when().get(export(2, "gguf-f32"))
                .then()
                .body("files", empty())
                .body("reason", containsString("checkpoint.json"));
        when().post(export(1, "onnx")).then().statusCode(400).body("detail", containsString("gguf-bf16"));
        when().get(export(1, "gguf-bf16")).then().statusCode(404);
        // asking again makes nothing twice, and all of it goes with the version
        when().post(export(1, "gguf-q8_0")).then().body("state", equalTo("succeeded"));
        assertThat(artifacts.list("exports")).anyMatch(key -> key.endsWith("exported-1.gguf"));
        when().delete("/api/models/exported/versions/1").then().statusCode(204);
        assertThat(artifacts.list("exports")).noneMatch(key -> key.endsWith("exported-1.gguf"));
    }

    private static String export(int version, String format) {
        return "/api/models/exported/versions/" + version + "/exports/" + format;
    }

    private void judge(String model, int version, String answer) throws IOException {
        String run = "judged-" + model + "-" + version;
        ScoredAnswer[] answers = new ScoredAnswer[6];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = answer(Integer.toString(i), "unseen", i + "？", answer, "水");
        }
        probe.publish(
                run,
                evaluation(run, model, version, 0.5).toBuilder()
                        .setAnswers(store(answers))
                        .addMetrics(Metric.newBuilder()
                                .setSet("latency")
                                .setName("time_to_first_token_ms")
                                .setValue(21)
                                .setItems(3))
                        .build());
        probe.await(PromotionDecided.class, m -> m.getRunId().equals(run));
    }

    private static void register(String run, String model) {
        probe.publish(run, pretraining(run, model));
        probe.await(VersionRegistered.class, m -> m.getRunId().equals(run));
    }

    private static ValidatableResponse ask(String model, String lines) {
        return given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .queryParam("configuration", "{\"seed\":7}")
                .post("/api/models/" + model + "/versions/1/questions")
                .then();
    }

    private static String address(String run) {
        return "/api/models/answering/versions/1/questions/" + run;
    }

    private Artifact store(ScoredAnswer... answers) throws IOException {
        try (ArtifactWriter writer = artifacts.create("evaluations/" + UUID.randomUUID() + "/answers.jsonl")) {
            for (ScoredAnswer answer : answers) {
                writer.write((answer.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return writer.commit();
        }
    }

    private static ScoredAnswer answer(String id, String label, String question, String answer, String reference) {
        Optional<String> right = Optional.ofNullable(reference);
        return new ScoredAnswer(
                id,
                "unseen",
                label,
                0.01,
                question,
                answer,
                answer,
                right,
                3,
                true,
                AnswerMetrics.score(answer, answer, right),
                NearestRecords.of(List.of(new NearRecord("r-" + id, 0.5, "trained", "近？", "近"))));
    }
}
