package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.EvaluationSetsListed;
import io.minigpt.proto.dataset.v1.Selection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class EvaluationSetIT extends FreezeStage {

    private static final Selection EXAM =
            Selection.newBuilder().addEvaluationSets("exam").build();

    @Test
    void aFileIsFrozenWithAVersionAndLabelledForEveryModel() throws IOException {
        int trained = document(Split.TRAIN, 1);
        int read = document(Split.TRAIN, trained + 1);
        facts.document(trained, "v1", "月球是地球的卫星。");
        facts.document(read, "v1", "海水是咸的，含有盐。");
        facts.question(1, "太阳由什么组成？", "氢和氦。");
        facts.pair(trained, "v1", 0, "月球是什么？", "月球是卫星。");
        freezing.texts();

        put("exam", "report", """
                {"question": "太阳由什么组成？", "answer": "主要是氢。"}
                {"question": "月球大吗？", "answer": "不大。", "documentId": "d%d"}
                {"question": "海水里有什么？", "answer": "盐。", "documentId": "d%d"}
                {"question": "谁画了这幅画？", "answer": "不知道。"}
                """.formatted(trained, read)).statusCode(200).body("items", equalTo(4));
        DatasetVersion version = freezing.pairs(EXAM);

        assertThat(version.getRecordsByKindMap()).containsEntry("imported", 4L);
        assertThat(version.getTrainRecords()).isEqualTo(2);
        assertThat(labels(version))
                .containsExactly(
                        Map.entry("太阳由什么组成？", "trained"),
                        Map.entry("月球大吗？", "same-document"),
                        Map.entry("海水里有什么？", "unseen"),
                        Map.entry("谁画了这幅画？", "unseen"));

        facts.model(corpus + "-base", 1, corpus + "-texts", 1, "", 0);
        facts.model(corpus, 1, corpus, 1, corpus + "-base", 1);
        String known = "/api/datasets/" + corpus + "/versions/1/evaluation/report-exam/labels/";
        Eventually.get(() -> given().get(known + corpus + "/1").statusCode(), status -> status == 200);
        given().get(known + corpus + "/1")
                .then()
                .body("items.label", contains("trained", "same-document", "read-in-pretraining", "unseen"));
        given().get(known + corpus + "-base/1")
                .then()
                .body("items.label", contains("unseen", "read-in-pretraining", "read-in-pretraining", "unseen"));

        rebuilt().body("proven", equalTo(true)).body("files.rebuilt", everyItem(equalTo("equal")));
    }

    @Test
    void anErasedDocumentTakesItsQuestionsAlong() {
        int document = document(Split.TRAIN, 1);
        facts.document(document, "v1", "山很高。");
        facts.question(1, "问？", "答。");
        freezing.texts();
        put("exam", "report", "{\"question\": \"山高吗？\", \"answer\": \"高。\", \"documentId\": \"d" + document + "\"}")
                .statusCode(200);
        DatasetVersion version = freezing.pairs(EXAM);
        assertThat(version.getRecordsByKindMap()).containsEntry("imported", 1L);

        facts.eraseDocument(document);

        Eventually.get(
                () -> given().get("/api/datasets/" + corpus + "/versions/1")
                        .jsonPath()
                        .getString("withdrawn.reason"),
                reason -> reason != null && reason.contains("erased"));
        given().get("/api/datasets/records/" + facts.documentId(document) + "/descendants")
                .then()
                .body("items.kind", contains("imported"))
                .body("items.question", everyItem(equalTo(null)));
    }

    @Test
    void aSetIsReplacedListedAndForgotten() {
        put("check", "choose", "{\"question\": \"一？\", \"answer\": \"一。\"}").statusCode(200);
        put(
                        "check",
                        "choose",
                        "{\"question\": \"二？\", \"answer\": \"二。\"}\n" + "{\"question\": \"三？\", \"answer\": \"三。\"}")
                .statusCode(200);

        given().get(sets())
                .then()
                .body("items", hasSize(1))
                .body("items[0].use", equalTo("choose"))
                .body("items[0].items", equalTo(2));

        given().delete(sets() + "/check").then().statusCode(204);
        given().delete(sets() + "/check").then().statusCode(404);
        given().get(sets()).then().body("items", hasSize(0));
        assertThat(List.of(listed(1), listed(2), listed(3)))
                .containsExactly(List.of("check"), List.of("check"), List.of());
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        put("exam", "report", "{\"question\": \"问？\", \"answer\": \"答。\", \"documentId\": \"none\"}")
                .statusCode(400)
                .body("detail", startsWith("line 1 is about the document 'none'"));
        put("Exam", "report", "{}").statusCode(400);
        put("exam", "both", "{}").statusCode(400).body("detail", equalTo("use 'both' is not report or choose"));

        facts.question(1, "问？", "答。");
        freezing.pairs();
        String run = given().contentType("application/json")
                .body(Map.of("kind", "sft", "corpus", corpus, "evaluationSets", new String[] {"nowhere"}))
                .post("/api/datasets/" + corpus + "/versions")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        Eventually.get(() -> given().get(run).jsonPath().getString("state"), "failed"::equals);
        given().get(run)
                .then()
                .body("reason", equalTo("corpus '" + corpus + "' has no evaluation set 'nowhere'; import it first"));
        given().contentType("application/json")
                .body(Map.of("kind", "sft", "corpus", corpus, "template", "poem"))
                .post("/api/datasets/" + corpus + "/versions")
                .then()
                .statusCode(400)
                .body("detail", equalTo("template 'poem' is not one of [qa]"));
        given().get("/api/datasets/" + corpus + "/versions")
                .then()
                .body("items[0].template.name", equalTo("qa"))
                .body("items[0].template.prompt", equalTo("Q: {question}\nA:"))
                .body("items[0].files.name", hasItem("evaluation/curated.jsonl"));
    }

    private ValidatableResponse put(String name, String use, String lines) {
        return given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .put(sets() + "/" + name + "?use=" + use)
                .then();
    }

    /** What others were told of the corpus, the how-manieth time. */
    private List<String> listed(long revision) {
        return probe.await(
                        EvaluationSetsListed.class,
                        m -> m.getCorpus().equals(corpus) && m.getPosition().getRevision() == revision)
                .data()
                .getNamesList();
    }

    private String sets() {
        return "/api/datasets/evaluation-sets/" + corpus;
    }

    private int document(Split split, int from) {
        return IntStream.iterate(from, number -> number + 1)
                .filter(number -> SplitRule.STANDARD.ofPairs(facts.documentId(number)) == split)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> labels(DatasetVersion version) throws IOException {
        byte[] file = given().get("/api/datasets/" + corpus + "/versions/" + version.getVersion()
                        + "/files/evaluation/report-exam.jsonl")
                .asByteArray();
        Map<String, String> labels = new LinkedHashMap<>();
        for (String line : new String(file, StandardCharsets.UTF_8).split("\n")) {
            JsonNode item = new ObjectMapper().readTree(line);
            labels.put(item.path("question").asText(), item.path("label").asText());
        }
        return labels;
    }

    private ValidatableResponse rebuilt() {
        String location = given().post("/api/datasets/" + corpus + "/versions/1/rebuild")
                .then()
                .extract()
                .header("Location");
        Eventually.get(() -> given().get(location).jsonPath().getString("state"), "succeeded"::equals);
        return given().get(location).then();
    }
}
