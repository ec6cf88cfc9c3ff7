package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LineageIT extends FreezeStage {

    @Test
    void aPairLeadsToItsPassageAndItsPlace() {
        facts.document(1, "v1", "月球是地球唯一的天然卫星。它没有大气。");
        facts.question(1, "什么是月球？", "卫星。");
        facts.pair(1, "v1", 0, "月球是什么？", "月球是卫星。");
        freezing.pairs();

        given().get("/api/datasets/records/" + pair(1, "v1", 0))
                .then()
                .statusCode(200)
                .body("kind", equalTo("generated"))
                .body("question", equalTo("月球是什么？"))
                .body("promptVersion", equalTo("prompt-1"))
                .body("document.id", equalTo(facts.documentId(1)))
                .body("document.state", equalTo("active"))
                .body("passage.text", equalTo("月球是地球唯一的天然"))
                .body("places", hasSize(1))
                .body("places[0].dataset", equalTo(corpus))
                .body("places[0].version", equalTo(1));
        given().get("/api/datasets/records/none").then().statusCode(404).body("detail", equalTo("no record 'none'"));
    }

    @Test
    void thePassageOfAnOlderDocumentHasNoTextAnyMore() {
        facts.document(1, "v2", "完全不同的新文章。");
        facts.pair(1, "v1", 0, "旧的吗？", "旧的。");
        facts.question(1, "问？", "答。");
        freezing.pairs();

        given().get("/api/datasets/records/" + pair(1, "v1", 0))
                .then()
                .body("passage.documentVersion", equalTo("v1"))
                .body("passage.text", nullValue())
                .body("document.version", equalTo("v2"))
                .body("places", empty());
    }

    @Test
    void aDocumentLeadsToItsPairsAndTheVersionsWithThem() {
        facts.document(1, "v1", "山很高。");
        facts.document(2, "v1", "河很长。");
        facts.question(1, "问？", "答。");
        facts.pair(1, "v1", 0, "山高吗？", "山很高。");
        facts.pair(1, "v1", 1, "什么很高？", "山。");
        facts.pair(2, "v1", 0, "河长吗？", "河很长。");
        freezing.pairs();
        freezing.texts();
        facts.pair(2, "v1", 1, "什么很长？", "河。");
        freezing.pairs();

        String document = "/api/datasets/records/" + facts.documentId(1);
        given().get(document + "/descendants")
                .then()
                .body("items.id", containsInAnyOrder(pair(1, "v1", 0), pair(1, "v1", 1)));
        String next = given().get(document + "/descendants?limit=1")
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("next");
        given().get(document + "/descendants?limit=1&cursor=" + next)
                .then()
                .body("items", hasSize(1))
                .body("next", nullValue());
        given().get(document + "/versions")
                .then()
                .body("items.dataset", contains(corpus, corpus, corpus + "-texts"))
                .body("items.version", contains(1, 2, 1))
                .body("items.records", contains(2, 2, 1));
    }

    @Test
    void everyTokenHasItsRecord() {
        for (int i = 1; i <= 3; i++) {
            facts.question(i, "第" + i + "个问题？", "第" + i + "个答案。");
        }
        DatasetVersion version = freezing.pairs();

        String tokens = "/api/datasets/" + corpus + "/versions/1/tokens/";
        List<Integer> firstTokens = LongStream.range(0, version.getTrainTokens())
                .mapToObj(token -> given().get(tokens + "train/" + token).then().extract())
                .map(answer -> answer.<Integer>path("firstToken"))
                .distinct()
                .toList();
        assertThat(firstTokens).hasSize(3).isSorted().startsWith(0);
        given().get(tokens + "train/" + version.getTrainTokens()).then().statusCode(404);
        given().get(tokens + "report/0")
                .then()
                .statusCode(400)
                .body("detail", equalTo("split 'report' is not train or validation"));
    }

    private String pair(int document, String version, int ordinal) {
        return facts.documentId(document) + "-" + version + "-pair-" + ordinal;
    }
}
