package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import io.minigpt.platform.artifacts.ArtifactsConfig;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class VersionIT extends FreezeStage {

    @Inject
    ArtifactsConfig artifacts;

    @Test
    void aRebuildProvesEveryFileAndNamesTheDamagedOne() throws IOException {
        facts.document(1, "v1", "月球是地球的卫星。");
        facts.question(1, "太阳由什么组成？", "氢和氦。");
        for (int i = 0; i < 4; i++) {
            facts.variant(1, i, "太阳由什么组成" + i + "？", "氢和氦。");
        }
        facts.pair(1, "v1", 0, "月球是什么？", "月球是卫星。");
        DatasetVersion version = freezing.pairs();

        rebuild("succeeded")
                .body("proven", equalTo(true))
                .body("files", hasSize(version.getFilesCount()))
                .body("files.stored", everyItem(equalTo("intact")))
                .body("files.rebuilt", everyItem(equalTo("equal")));

        Path validation = stored(version, "val.bin");
        byte[] bytes = Files.readAllBytes(validation);
        bytes[0] ^= 1;
        Files.write(validation, bytes);
        Files.delete(stored(version, "evaluation/curated.jsonl"));
        rebuild("succeeded")
                .body("proven", equalTo(false))
                .body("files.findAll { it.stored == 'damaged' }.name", contains("val.bin"))
                .body("files.find { it.name == 'val.bin' }.rebuilt", equalTo("equal"))
                .body("files.find { it.name == 'val.bin' }.detail", containsString("is damaged: expected sha256"))
                .body("files.findAll { it.stored == 'missing' }.name", contains("evaluation/curated.jsonl"))
                .body("files.findAll { it.rebuilt == 'not-rebuilt' }.name", contains("evaluation/curated.jsonl"));

        Files.writeString(stored(version, "records.jsonl.zst"), "no records");
        rebuild("succeeded").body("proven", equalTo(false)).body("files.rebuilt", everyItem(equalTo("not-rebuilt")));
    }

    @Test
    void aVersionIsComparedWithItsParent() {
        facts.question(1, "留下吗？", "留下。");
        facts.question(2, "会变吗？", "还没有。");
        facts.variant(1, 0, "会留下吗？", "留下。");
        freezing.pairs();
        facts.question(2, "会变吗？", "变了。");
        facts.question(3, "是新的吗？", "是。");
        facts.retractVariant(1, 0);
        freezing.pairs();

        String version = "/api/datasets/" + corpus + "/versions/2";
        given().get(version + "/diff")
                .then()
                .statusCode(200)
                .body("from.version", equalTo(1))
                .body("records.added", equalTo(1))
                .body("records.removed", equalTo(1))
                .body("records.changed", equalTo(1))
                .body("records.unchanged", equalTo(1))
                .body(
                        "items.collect { it.change + ' ' + it.id }",
                        containsInAnyOrder(
                                "added " + facts.questionId(3),
                                "removed " + facts.questionId(1) + "-variant-0",
                                "changed " + facts.questionId(2)));
        given().get("/api/datasets/" + corpus + "/versions/1/diff")
                .then()
                .statusCode(400)
                .body("detail", containsString("is the first"));
        given().get(version + "/diff?from=7").then().statusCode(404);
    }

    @Test
    void theNearestPairsOfAVersionComeWithTheirPassages() {
        facts.document(1, "v1", "月球是地球唯一的天然卫星，离地球三十八万公里。");
        facts.question(1, "太阳由什么组成？", "主要是氢和氦。");
        facts.pair(1, "v1", 0, "月球离地球有多远？", "大约三十八万公里。");
        freezing.pairs();
        facts.pair(1, "v1", 1, "月球离地球有多远呢？", "三十八万公里。");

        String nearest = "/api/datasets/" + corpus + "/versions/1/nearest";
        given().queryParam("question", "月球离地球多远")
                .get(nearest)
                .then()
                .statusCode(200)
                .body("items.record.id", contains(facts.documentId(1) + "-v1-pair-0"))
                .body("items[0].record.passage.text", equalTo("月球是地球唯一的天然"))
                .body("items[0].record.document.id", equalTo(facts.documentId(1)));
        given().queryParam("answer", "氢和氦").get(nearest).then().body("items.record.id", contains(facts.questionId(1)));
        given().queryParam("question", "毫不相干的文字").get(nearest).then().body("items", empty());
        given().get(nearest)
                .then()
                .statusCode(400)
                .body("detail", equalTo("question and answer must have 1 to 2000 characters together, but have 0"));
    }

    @Test
    void pairsGoOutInTheFormsOfOtherTools() {
        facts.question(1, "一加一？", "二。");
        freezing.pairs();

        assertThat(pairs("plain")).isEqualTo("{\"question\":\"一加一？\",\"answer\":\"二。\"}\n");
        assertThat(pairs("alpaca")).isEqualTo("{\"instruction\":\"一加一？\",\"input\":\"\",\"output\":\"二。\"}\n");
        assertThat(pairs("sharegpt"))
                .isEqualTo("{\"conversations\":[{\"from\":\"human\",\"value\":\"一加一？\"},"
                        + "{\"from\":\"gpt\",\"value\":\"二。\"}]}\n");
        given().get("/api/datasets/" + corpus + "/versions/1/pairs?format=csv")
                .then()
                .statusCode(400)
                .body("detail", equalTo("format 'csv' is not plain, alpaca or sharegpt"));
    }

    @Test
    void aSelectionThatIsNotFrozenGoesOutToo() {
        facts.question(1, "水是什么？", "液体。");
        facts.question(2, "火是什么？", "等离子体。");
        for (int i = 0; i < 3; i++) {
            facts.variant(1, i, "水是什么" + i + "？", "液体。");
        }
        freezing.pairs();
        facts.question(3, "冰是什么？", "固体。");
        Eventually.get(
                () -> given().get("/api/datasets/records/" + facts.questionId(3))
                        .statusCode(),
                status -> status == 200);

        assertThat(selected("{'corpus': '" + corpus + "', 'kinds': ['curated'], 'curatedRepeat': 5}", "plain"))
                .hasSize(3)
                .contains("{\"question\":\"冰是什么？\",\"answer\":\"固体。\"}");
        assertThat(selected(
                        "{'corpus': '" + corpus + "', 'kinds': ['variant'], 'maxVariants': 1}", "plain&split=report"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("{\"question\":\"水是什么");
        given().contentType("application/json")
                .body("{}")
                .post("/api/datasets/pairs")
                .then()
                .statusCode(400)
                .body("detail", equalTo("corpus is missing"));
    }

    private List<String> selected(String body, String format) {
        byte[] lines = given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/api/datasets/pairs?format=" + format)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return new String(lines, StandardCharsets.UTF_8).lines().toList();
    }

    private ValidatableResponse rebuild(String state) {
        String location = given().post("/api/datasets/" + corpus + "/versions/1/rebuild")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        Eventually.get(() -> given().get(location).jsonPath().getString("state"), state::equals);
        return given().get(location).then();
    }

    private Path stored(DatasetVersion version, String file) {
        Artifact artifact = version.getFilesList().stream()
                .filter(candidate -> candidate.getName().equals(file))
                .findFirst()
                .orElseThrow();
        return artifacts.root().resolve(artifact.getKey());
    }

    private String pairs(String format) {
        byte[] body = given().get("/api/datasets/" + corpus + "/versions/1/pairs?format=" + format)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return new String(body, StandardCharsets.UTF_8);
    }
}
