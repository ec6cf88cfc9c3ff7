package io.minigpt.registry;

import static io.minigpt.registry.TestRuns.dataset;
import static io.minigpt.registry.TestRuns.evaluation;
import static io.minigpt.registry.TestRuns.pretraining;
import static io.minigpt.registry.TestRuns.put;
import static io.minigpt.registry.TestRuns.unseen;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class QueryIT {

    private static EventProbe probe;

    /** A base, two fine-tuned versions on top of it with ROUGE-L 0.5 and 0.25, and one from elsewhere without any. */
    @BeforeAll
    static void register() {
        probe = new EventProbe();
        probe.publish("asked-0", pretraining("asked-0", "asked-base"));
        probe.await(VersionRegistered.class, m -> m.getRunId().equals("asked-0"));
        for (int i = 1; i <= 3; i++) {
            String run = "asked-" + i;
            ModelVersion base = ModelVersion.newBuilder()
                    .setModel(i == 3 ? "elsewhere" : "asked-base")
                    .setVersion(1)
                    .build();
            probe.publish(
                    run,
                    pretraining(run, "asked").toBuilder()
                            .setStage(Stage.STAGE_SFT)
                            .setDataset(dataset("asked-sft").toBuilder().setVersion(i))
                            .setBase(base)
                            .setTrainingConfiguration("{\"max_iters\":%d,\"seed\":1337}".formatted(i))
                            .build());
            probe.await(VersionRegistered.class, m -> m.getRunId().equals(run));
        }
        for (int version = 1; version <= 2; version++) {
            String run = "asked-judged-" + version;
            probe.publish(
                    run,
                    evaluation(run, "asked", version, 0.5).toBuilder()
                            .addMetrics(unseen("rouge_l", 0.5 / version))
                            .addMetrics(unseen("repetition", 0.1 * version))
                            .build());
            probe.await(PromotionDecided.class, m -> m.getRunId().equals(run));
        }
    }

    @AfterAll
    static void disconnect() {
        probe.close();
    }

    @Test
    void sortsByAnyFigureInBothDirections() {
        versions("sort=rougeL.unseen").body("items.version", contains(1, 2, 3));
        versions("sort=rougeL.unseen&reverse=true").body("items.version", contains(2, 1, 3));
        // less repetition is better
        versions("sort=repetition.unseen").body("items.version", contains(1, 2, 3));
        versions("reverse=true").body("items.version", contains(1, 2, 3));
        when().get("/api/models/asked/best?by=rougeL.unseen").then().body("version", equalTo(1));
        when().get("/api/models/asked/best?by=rougeL.unseen&dataset=asked-sft:2")
                .then()
                .body("version", equalTo(2));
        when().get("/api/models/asked/best?by=rougeL.unseen&dataset=asked-sft:3")
                .then()
                .statusCode(404);
        when().get("/api/models/asked/best?by=fame")
                .then()
                .statusCode(400)
                .body("detail", containsString("rougeL.unseen"));
    }

    @Test
    void pagesContinueWhereTheyEnded() {
        for (String order : List.of("sort=rougeL.unseen", "sort=registeredAt", "sort=registeredAt&reverse=true")) {
            List<Integer> all = versions(order).extract().path("items.version");
            String cursor = "";
            for (int expected : all) {
                ValidatableResponse page = given().queryParam("cursor", cursor)
                        .get("/api/models/asked/versions?limit=1&" + order)
                        .then()
                        .statusCode(200)
                        .body("items.version", contains(expected));
                cursor = page.extract().path("next");
            }
            assertThat(cursor).isNull();
        }
    }

    @Test
    void filters() {
        given().queryParam("figure", "rougeL.unseen>=0.3")
                .get("/api/models/asked/versions")
                .then()
                .body("items.version", contains(1));
        given().queryParam("figure", "rougeL.unseen<=0.5", "repetition.unseen>0.15")
                .get("/api/models/asked/versions")
                .then()
                .body("items.version", contains(2));
        given().queryParam("figure", "rougeL.unseen=0.3")
                .get("/api/models/asked/versions")
                .then()
                .statusCode(400)
                .body("detail", containsString("rougeL.unseen=0.3"));
        versions("ancestor=asked-base:1").body("items.version", contains(2, 1));
        versions("dataset=asked-sft:2").body("items.version", contains(2));
        versions("stage=pretrain").body("items", empty());
        versions("until=2020-01-01T00:00:00Z").body("items", empty());
        String second = versions("dataset=asked-sft:2").extract().path("items[0].registeredAt");
        versions("since=" + second).body("items.version", contains(3, 2));
        put("asked", "stable", 3).statusCode(200);
        versions("alias=stable").body("items.version", contains(3)).body("items[0].aliases", contains("stable"));
        when().get("/api/models/asked/versions?since=yesterday")
                .then()
                .statusCode(400)
                .body("detail", containsString("since 'yesterday'"));
    }

    @Test
    void tagsAndNotesArePeoples() {
        describe("{\"tags\":[\"试用\",\"good\",\"good\"],\"note\":\"better on poems\"}")
                .statusCode(200)
                .body("tags", contains("good", "试用"))
                .body("note", equalTo("better on poems"));
        describe("{\"note\":\"\"}").body("tags", contains("good", "试用")).body("note", equalTo(""));
        given().queryParam("tag", "试用").get("/api/models/asked/versions").then().body("items.version", contains(2));
        describe("{\"tags\":[\"no blanks\"]}").statusCode(400).body("detail", containsString("no blanks"));
    }

    @Test
    void comparesSideBySide() {
        when().get("/api/models/asked/comparison?version=1&version=2&version=asked-base:1")
                .then()
                .statusCode(200)
                .body("versions.model", contains("asked", "asked", "asked-base"))
                .body("figures.find { it.figure == 'repetition.unseen' }.best", equalTo("asked:1"))
                .body("figures.find { it.figure == 'rougeL.unseen' }.values.'asked:2'", equalTo(0.25f))
                .body("settings.key", hasItems("training.max_iters", "training.seed"))
                .body("settings.find { it.key == 'training.max_iters' }.values.'asked:2'", equalTo("2"));
        when().get("/api/models/asked/comparison?version=1").then().statusCode(400);
        when().get("/api/models/asked/comparison?version=1&version=77").then().statusCode(404);
    }

    @Test
    void knowsWhichVersionsContainADatasetVersion() {
        when().get("/api/models/versions?dataset=asked-sft:2")
                .then()
                .statusCode(200)
                .body("items.model", contains("asked"))
                .body("items.version", contains(2));
        // the fine-tuned ones have it from their base; other tests train on it too
        List<String> all = when().get("/api/models/versions?dataset=news-pretraining:4")
                .then()
                .extract()
                .path("items.collect { it.model + ':' + it.version }");
        assertThat(all).contains("asked:1", "asked:2", "asked-base:1").doesNotContain("asked:3");
        String next = when().get("/api/models/versions?dataset=news-pretraining:4&limit=1")
                .path("next");
        when().get("/api/models/versions?dataset=news-pretraining:4&limit=1&cursor=" + next)
                .then()
                .body("items.collect { it.model + ':' + it.version }", contains(all.get(1)));
        when().get("/api/models/versions").then().statusCode(400).body("detail", containsString("dataset"));
    }

    @Test
    void drawsAncestorsAndDescendants() {
        when().get("/api/models/asked-base/versions/1/lineage/graph")
                .then()
                .statusCode(200)
                .body(
                        "nodes.findAll { it.kind == 'model' }.id",
                        contains("model/asked-base:1", "model/asked:1", "model/asked:2"))
                .body("edges.findAll { it.kind == 'base' }.to", containsInAnyOrder("model/asked:1", "model/asked:2"))
                .body("edges.findAll { it.kind == 'dataset' }.from", hasItems("dataset/news-pretraining:4"))
                .body("cut", equalTo(false));
        when().get("/api/models/asked/versions/1/lineage/graph")
                .then()
                .body("nodes.findAll { it.kind == 'model' }.id", contains("model/asked:1", "model/asked-base:1"));
        when().get("/api/models/asked-base/versions/1/lineage/graph?limit=1")
                .then()
                .body("cut", equalTo(true));
    }

    @Test
    void theLineageTellsWhatTheTeachersTook() {
        // Given two runs before the freeze, one after it, and an augmentation
        generation("taught-1", 10, "1.25");
        generation("taught-2", 20, "0.5");
        generation("taught-3", 30, "100");
        probe.publish(
                "varied-1",
                AugmentationFinished.newBuilder()
                        .setRunId("varied-1")
                        .setCorpus("taught")
                        .setOutput(StreamRevision.newBuilder()
                                .setStream("augmentation/taught")
                                .setRevision(5))
                        .build());
        probe.publish(
                "asked-sft:1",
                DatasetVersionSealed.newBuilder()
                        .setVersion(dataset("asked-sft").toBuilder().setVersion(1))
                        .addInputs(StreamRevision.newBuilder()
                                .setStream("generation/taught")
                                .setRevision(20))
                        .addInputs(StreamRevision.newBuilder()
                                .setStream("augmentation/taught")
                                .setRevision(5))
                        .build());

        Eventually.get(
                () -> when().get("/api/models/asked/versions/1/lineage")
                        .<List<Object>>path("chain[0].dataset.teachers"),
                teachers -> teachers.size() == 2);
        Eventually.get(
                () -> when().get("/api/models/asked/versions/1/lineage")
                        .<Integer>path("chain[0].dataset.teachers[0].runs"),
                runs -> runs == 2);

        when().get("/api/models/asked/versions/1/lineage")
                .then()
                .body("chain[0].seed", equalTo(1337))
                .body("chain[1].seed", nullValue())
                .body("chain[0].tokensSeen", equalTo(1000))
                .body("chain[0].dataset.teachers.kind", contains("generation", "augmentation"))
                .body("chain[0].dataset.teachers[0].teacher", equalTo("llama 3.1"))
                .body("chain[0].dataset.teachers[0].promptVersion", equalTo("abc"))
                .body("chain[0].dataset.teachers[0].calls", equalTo(6))
                .body("chain[0].dataset.teacherCost", equalTo(1.75f));
    }

    private static void generation(String run, long revision, String cost) {
        probe.publish(
                run,
                GenerationStarted.newBuilder()
                        .setRunId(run)
                        .setCorpus("taught")
                        .setTeacher("llama 3.1")
                        .setPromptVersion("abc")
                        .build());
        probe.publish(
                run,
                GenerationFinished.newBuilder()
                        .setRunId(run)
                        .setCorpus("taught")
                        .setCounts(
                                GenerationCounts.newBuilder().setTeacherCalls(3).setCost(cost))
                        .setOutput(StreamRevision.newBuilder()
                                .setStream("generation/taught")
                                .setRevision(revision))
                        .build());
    }

    private static ValidatableResponse versions(String parameters) {
        return when().get("/api/models/asked/versions?" + parameters).then().statusCode(200);
    }

    private static ValidatableResponse describe(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .patch("/api/models/asked/versions/2")
                .then();
    }
}
