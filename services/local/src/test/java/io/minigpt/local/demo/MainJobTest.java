package io.minigpt.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.local.Refusal;
import io.minigpt.local.system.Home;
import io.minigpt.local.system.Installation;
import io.minigpt.local.system.Ports;
import io.minigpt.local.system.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJobTest {
    private static final String RUN = "GET /api/pipelines/run-1";
    private static final String NO_RUNS = "{\"items\": []}";
    private static final PipelineRequest REQUEST = new PipelineRequest(
            "samples",
            "samples",
            null,
            "demo",
            "demo-pretrain",
            "demo-sft",
            Map.of("max_iters", "50"),
            Map.of(),
            "champion");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private ScriptedConsole console;
    private Installation installation;
    private Path documents;
    private Path questions;

    @BeforeEach
    void prepare() throws IOException {
        console = new ScriptedConsole();
        int offset = console.port() - Service.CONSOLE.port();
        installation = new Installation(folder, new Home(folder.resolve("state")), new Ports(offset));
        documents = Files.writeString(folder.resolve("documents.jsonl"), "{\"text\": \"长江\"}\n");
        questions = Files.writeString(
                folder.resolve("questions.jsonl"), "{\"question\": \"中国最长的河流是什么？\", \"answer\": \"长江。\"}\n");
        console.on("POST /api/corpora/samples/documents", 200, """
                        {"accepted": 130, "duplicates": 1, "skipped": 0, "rejected": 1, "revision": 131,
                         "rejections": [{"line": 3, "reason": "no text"}], "rejectionsTruncated": false}""").on("POST /api/corpora/samples/questions", 200, """
                        {"accepted": 60, "duplicates": 0, "skipped": 0, "rejected": 0, "revision": 191, "rejections": []}""");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void importsFollowsTheRunAndReports() throws Exception {
        // Given
        console.on("GET /api/pipelines", 200, NO_RUNS)
                .on("POST /api/pipelines", 202, run("running", step("generate", "running", 0, "{}"), "[]"))
                .on(RUN, 503, "{\"title\": \"Service Unavailable\"}")
                .on(RUN, 200, run("succeeded", """
                        {"name": "pretrain", "state": "succeeded", "runId": "run-1-pretrain-1", "unit": "steps", "done": 100,
                         "total": 100, "startedAt": "2026-01-01T00:00:00Z", "finishedAt": "2026-01-01T00:02:00Z",
                         "details": {"model": "samples-base", "version": 1, "firstLoss": 10.8, "lastLoss": 3.25, "validationLoss": 3.5}},
                        {"name": "evaluate", "state": "succeeded", "runId": "e", "unit": "items", "done": 60, "total": 60,
                         "details": {"metrics": [{"set": "curated", "name": "rouge_l", "value": 0.8312, "items": 60},
                                                 {"set": "trained", "name": "rouge_l", "value": 0.3, "items": 9}]}}""", """
                        [{"model": "samples-base", "version": 1}, {"model": "samples", "version": 1}]"""))
                .on("GET /api/training-runs/run-1-pretrain-1/metrics", 200, """
                        {"items": [{"step": 0, "trainLoss": 10.8, "validationLoss": 10.8}, {"step": 100, "trainLoss": 3.25}]}""")
                .on("GET /api/models/samples-base/versions", 200, """
                        {"items": [{"model": "samples-base", "version": 1, "aliases": ["champion"], "parameters": 7000000,
                                    "lineage": {"dataset": {"name": "samples-pretraining", "version": 1}, "base": null}}]}""")
                .on("GET /api/models/samples/versions", 200, """
                        {"items": [{"model": "samples", "version": 1, "aliases": ["champion"], "parameters": 7000000,
                                    "lineage": {"dataset": {"name": "samples-sft", "version": 1},
                                                "base": {"model": "samples-base", "version": 1}}}]}""")
                .on("POST /v1/completions", 200, "{\"choices\": [{\"text\": \"江。\"}]}")
                .on(
                        "POST /v1/chat/completions",
                        200,
                        "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"长江。\"}}]}");

        // When
        job().run(REQUEST, documents, questions);

        // Then
        assertThat(text())
                .contains("Imported documents.jsonl: 130 new documents, 1 already there, 0 skipped, 1 refused.")
                .contains("  line 3: no text")
                .contains("generate           running    0/100 units")
                .contains("  pretrain             10.800    3.250        3.500")
                .contains("evaluate           succeeded  60/60 items  ROUGE-L curated 0.831, ROUGE-L trained 0.300")
                .contains("ROUGE-L of samples on the 60 curated questions: 0.831")
                .contains("  samples:1 @champion, 7,000,000 parameters, trained on samples-sft:1, from samples-base:1")
                .contains("  中国最长的河流是什么？\n    wanted: 长江。\n    samples:1: 长江。\n    samples-base:1: 江。")
                .contains("Console: http://127.0.0.1:" + console.port())
                .contains("/q/swagger-ui");
        Path report = installation.home().reports().resolve("run-1");
        assertThat(report.resolve("loss.svg")).content().contains("pretrain of samples");
        assertThat(report.resolve("report.txt")).content().contains("ROUGE-L of samples");
        assertThat(console.requests())
                .anySatisfy(request -> assertThat(request)
                        .startsWith("POST /api/pipelines {")
                        .contains("\"corpusRevision\":191")
                        .contains("\"max_iters\":\"50\""));
    }

    @Test
    void withoutCuratedQuestionsAsksThoseThatWereGenerated() throws Exception {
        // Given
        console.on("GET /api/pipelines", 200, NO_RUNS)
                .on("POST /api/pipelines", 202, run("running", step("generate", "running", 0, "{}"), "[]"))
                .on(RUN, 200, run("succeeded", step("generate", "succeeded", 9, "{}"), """
                        [{"model": "samples", "version": 1}]"""))
                .on("GET /api/models/samples/versions", 200, "{\"items\": []}")
                .on("GET /api/generation/pairs?state=active&limit=3&corpus=samples", 200, """
                        {"items": [{"question": "长江有多长？", "answer": "6397公里。", "corpus": "samples"}]}""")
                .on(
                        "POST /v1/chat/completions",
                        200,
                        "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"长。\"}}]}");

        // When
        job().run(REQUEST, documents, null);

        // Then
        assertThat(text()).contains("  长江有多长？\n    wanted: 6397公里。\n    samples:1: 长。");
    }

    @Test
    void saysWhichStepFailedAndWhy() {
        // Given
        console.on("GET /api/pipelines", 200, NO_RUNS)
                .on("POST /api/pipelines", 202, run("running", step("generate", "running", 0, "{}"), "[]"))
                .on(RUN, 200, run("failed", """
                        {"name": "generate", "state": "failed", "unit": "documents", "done": 3, "total": 130,
                         "reason": "the teacher at http://127.0.0.1:11434 does not answer"}""", "[]"));

        // When, Then
        assertThatThrownBy(() -> job().run(REQUEST, documents, questions))
                .isInstanceOf(Refusal.class)
                .hasMessage("The step generate failed: the teacher at http://127.0.0.1:11434 does not answer.");
    }

    @Test
    void followsTheRunThatIsUnderWay() {
        // Given
        String underWay = run("running", step("generate", "running", 7, "{}"), "[]");
        console.on("GET /api/pipelines", 200, "{\"items\": [" + underWay + "]}")
                .on(RUN, 200, run("cancelled", step("generate", "cancelled", 7, "{}"), "[]"));

        // When, Then
        assertThatThrownBy(() -> job().run(REQUEST, documents, questions))
                .isInstanceOf(Refusal.class)
                .hasMessage("The run run-1 ended as cancelled.");
        assertThat(text()).contains("Following the run run-1.");
        assertThat(console.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void doesNotFollowARegeneration() {
        // Given
        String regeneration = run("running", step("plan", "running", 0, "{}"), "[]");
        console.on("GET /api/pipelines", 200, "{\"items\": [" + regeneration + "]}")
                .on("POST /api/pipelines", 400, "{\"title\": \"Bad Request\", \"detail\": \"asked\"}");

        // When, Then
        assertThatThrownBy(() -> job().run(REQUEST, documents, questions)).hasMessageContaining("asked");
    }

    @Test
    void passesOnWhatTheConsoleSaysAboutARefusedRequest() {
        // Given
        console.on("GET /api/pipelines", 200, NO_RUNS)
                .on(
                        "POST /api/pipelines",
                        400,
                        "{\"title\": \"Bad Request\", \"detail\": \"modelPreset: there is no preset huge\"}");

        // When, Then
        assertThatThrownBy(() -> job().run(REQUEST, documents, questions))
                .isInstanceOf(Refusal.class)
                .hasMessage("POST /api/pipelines was answered with 400: modelPreset: there is no preset huge");
    }

    private MainJob job() {
        return new MainJob(installation, new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String run(String state, String steps, String models) {
        return """
                {"id": "run-1", "name": "samples", "corpus": "samples", "state": "%s", "createdAt": "2026-01-01T00:00:00Z",
                 "finishedAt": null, "steps": [%s], "models": %s}""".formatted(state, steps, models);
    }

    private static String step(String name, String state, long done, String details) {
        return """
                {"name": "%s", "state": "%s", "unit": "units", "done": %d, "total": 100, "details": %s}""".formatted(name, state, done, details);
    }
}
