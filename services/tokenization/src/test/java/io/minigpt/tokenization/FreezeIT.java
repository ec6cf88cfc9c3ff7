package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeProgressed;
import io.minigpt.proto.dataset.v1.FreezeStarted;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamPosition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FreezeIT extends FreezeStage {

    @Inject
    ArtifactStore artifacts;

    @Test
    void pairsBecomeASealedVersion() throws IOException {
        // a child before its parent
        facts.pair(1, "v1", 0, "月球是什么？", "月球是卫星。");
        for (int i = 0; i < 10; i++) {
            facts.variant(1, i, "太阳由什么组成" + i + "？", "氢和氦。");
        }
        facts.document(1, "v1", "月球是地球的卫星。");
        facts.question(1, "太阳由什么组成？", "氢和氦。");

        FreezeFinished finished = freeze("run-" + corpus, DatasetKind.DATASET_KIND_SFT);

        assertThat(finished.getReason()).isEmpty();
        DatasetVersion version = finished.getVersion();
        assertThat(version.getName()).isEqualTo(corpus);
        assertThat(version.getVersion()).isEqualTo(1);
        assertThat(version.getParentVersion()).isZero();
        assertThat(version.getRecordsByKindMap())
                .containsOnly(Map.entry("curated", 1L), Map.entry("generated", 1L), Map.entry("variant", 10L));
        assertThat(version.getFilesList())
                .extracting(Artifact::getName)
                .contains(
                        "manifest.json",
                        "train.bin",
                        "val.bin",
                        "train.index",
                        "val.index",
                        "records.jsonl.zst",
                        "evaluation/curated.jsonl",
                        "evaluation/trained.jsonl",
                        "evaluation/unseen.jsonl");
        assertThat(file(version, "train.bin").getBytes()).isEqualTo(2 * version.getTrainTokens());
        assertThat(text(version, "evaluation/curated.jsonl"))
                .isEqualTo("{\"id\":\"" + facts.questionId(1)
                        + "\",\"question\":\"太阳由什么组成？\",\"answer\":\"氢和氦。\",\"label\":\"trained\"}\n");
        assertThat(text(version, "manifest.json")).contains("\"runId\":\"run-" + corpus + "\"", version.getIdentity());

        DatasetVersionSealed sealed =
                probe.await(DatasetVersionSealed.class, this::ofThisCorpus).data();
        assertThat(sealed.getVersion()).isEqualTo(version);
        assertThat(sealed.getInputsList()).containsExactlyInAnyOrderElementsOf(facts.inputs());
        assertThat(probe.all(FreezeStarted.class, started -> started.getName().equals(corpus)))
                .singleElement()
                .satisfies(
                        started -> assertThat(started.data().getRecordsTotal()).isEqualTo(12));
        assertThat(probe.all(FreezeProgressed.class, event -> event.getRunId().equals("run-" + corpus)))
                .last()
                .satisfies(
                        progress -> assertThat(progress.data().getRecordsDone()).isEqualTo(12));
    }

    @Test
    void equalRecordsAreNoNewVersion() {
        facts.document(1, "v1", "海水是咸的。");
        facts.document(2, "v1", "糖是甜的。");
        facts.document(3, "v1", "冰是冷的。");
        DatasetVersion first =
                freeze("a-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();

        DatasetVersion again =
                freeze("b-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();
        facts.document(3, "v2", "冰是很冷的。");
        DatasetVersion changed =
                freeze("c-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();

        assertThat(again).isEqualTo(first);
        assertThat(changed.getVersion()).isEqualTo(2);
        assertThat(changed.getParentVersion()).isEqualTo(1);
        assertThat(changed.getIdentity()).isNotEqualTo(first.getIdentity());
        assertThat(probe.all(DatasetVersionSealed.class, this::ofThisCorpus)).hasSize(2);
        given().get("/api/datasets/" + corpus + "/versions")
                .then()
                .body("items.version", equalTo(List.of(2, 1)))
                .body("items[1].identity", equalTo(first.getIdentity()));
    }

    @Test
    void whatIsRetractedOrOutdatedIsLeftOut() {
        facts.document(1, "v2", "新的文章。");
        facts.document(2, "v1", "会消失。");
        facts.question(1, "留下吗？", "留下。");
        facts.variant(1, 0, "会留下吗？", "留下。");
        facts.variant(1, 1, "能留下吗？", "留下。");
        facts.pair(1, "v1", 0, "旧的吗？", "旧的。");
        facts.pair(1, "v2", 0, "新的吗？", "新的。");
        facts.pair(2, "v1", 0, "会消失吗？", "会。");
        facts.retractDocument(2);
        facts.retractVariant(1, 1);
        // the same facts once more, late
        facts.document(position(2), 2, "v1", "会消失。");

        DatasetVersion version =
                freeze("run-" + corpus, DatasetKind.DATASET_KIND_SFT).getVersion();

        assertThat(version.getRecordsByKindMap())
                .containsOnly(Map.entry("curated", 1L), Map.entry("generated", 1L), Map.entry("variant", 1L));
        DatasetVersion texts = freeze("texts-" + corpus, corpus + "-texts", DatasetKind.DATASET_KIND_PRETRAINING)
                .getVersion();
        assertThat(texts.getRecordsByKindMap()).containsOnly(Map.entry("document", 1L));
    }

    @Test
    void versionsAreFrozenAndReadByRest() {
        facts.document(1, "v1", "你好");
        facts.document(2, "v1", "hello world");
        String name = corpus;
        String location = given().contentType("application/json")
                .body("""
                        {"kind": "pretraining", "corpus": "%1$s", "reason": "by hand",
                         "inputs": [{"stream": "corpus/%1$s", "revision": 2}]}
                        """.formatted(corpus))
                .post("/api/datasets/" + name + "/versions")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");

        Eventually.get(() -> given().get(location).jsonPath().getString("state"), "succeeded"::equals);

        ValidatableResponse version =
                given().get("/api/datasets/" + name + "/versions/1").then();
        version.statusCode(200)
                .body("kind", equalTo("pretraining"))
                .body("selection.corpus", equalTo(corpus))
                .body("recordsByKind.document", equalTo(2))
                .body("inputs.'corpus/" + corpus + "'", equalTo(2))
                .body("reason", equalTo("by hand"))
                .body("files.name", hasItem("evaluation/continuation.jsonl"));
        byte[] continuation = given().get("/api/datasets/" + name + "/versions/1/files/evaluation/continuation.jsonl")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(new String(continuation, StandardCharsets.UTF_8)).contains("\"label\":\"trained\"");
        given().get("/api/datasets").then().body("items.name", hasItem(name));
        given().get("/api/datasets/" + name + "/versions/9")
                .then()
                .statusCode(404)
                .body("detail", equalTo("no version '" + name + ":9'"));
        given().get("/api/datasets/" + name + "/versions/1/files/none").then().statusCode(404);
        given().contentType("application/json")
                .body("{\"kind\":\"poems\",\"corpus\":\"x\"}")
                .post("/api/datasets/" + name + "/versions")
                .then()
                .statusCode(400)
                .body("detail", equalTo("kind 'poems' is not pretraining or sft"));
        given().contentType("application/json")
                .body("{\"kind\":\"sft\",\"corpus\":\"x\"}")
                .post("/api/datasets/" + name + "/versions")
                .then()
                .statusCode(409);
    }

    private StreamPosition position(long revision) {
        return StreamPosition.newBuilder()
                .setStream("corpus/" + corpus)
                .setRevision(revision)
                .build();
    }

    private String text(DatasetVersion version, String name) throws IOException {
        try (InputStream in = artifacts.open(file(version, name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
