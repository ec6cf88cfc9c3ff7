package io.minigpt.corpus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class NearDuplicateIT {

    private static final String SUN = "太阳是位于太阳系中心的一颗恒星，主要由氢和氦组成。它的能量来自核心的核聚变反应，氢原子核在高温高压下聚合成氦原子核。";
    private static final String MOON = "月球是地球唯一的天然卫星，与地球的平均距离约为三十八万千米。月球自转一周的时间与它绕地球公转一周的时间相同。";

    private final String corpus = "n-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void theLaterOfTwoIsWithheldWithThePairThatCausedIt() {
        ValidatableResponse answer = documents(line("a", SUN), line("m", MOON), line("b", SUN + "很亮。"));

        answer.body("accepted", equalTo(2)).body("duplicates", equalTo(1)).body("nearDuplicates", equalTo(1));
        JsonPath b = document("b");
        assertThat(b.getString("state")).isEqualTo("duplicate");
        assertThat(b.getString("duplicateOf")).isEqualTo(id("a"));
        assertThat(b.getDouble("similarity"))
                .isCloseTo(Shingles.similarity(Shingles.of(SUN), Shingles.of(SUN + "很亮。")), within(1e-6));
        assertThat(b.getString("reason")).isEqualTo("nearly the same as " + id("a"));
        documents(line("b", SUN + "很亮。"), line("c", "  " + SUN + "真亮。"))
                .body("accepted", equalTo(0))
                .body("nearDuplicates", equalTo(1));
        given().get("/api/corpora/{c}", corpus)
                .then()
                .body("documents", equalTo(2))
                .body("duplicates", equalTo(2))
                .body("statistics.sameContent", equalTo(0))
                .body("statistics.nearlySameContent", equalTo(2));
    }

    @Test
    void retractingTheFirstDecidesAboutTheOthersAgain() {
        documents(line("a", SUN), line("b", SUN + "很亮。"), line("c", SUN + "真亮。"), line("d", SUN + "很亮。"));

        ValidatableResponse retraction = retract("a");

        retraction.body("readmitted", equalTo(id("b"))).body("revision", equalTo(3));
        assertThat(document("b").getString("state")).isEqualTo("active");
        assertThat(document("b").getString("similarity")).isNull();
        assertThat(document("c").getString("duplicateOf")).isEqualTo(id("b"));
        assertThat(document("d").getString("duplicateOf")).isEqualTo(id("b"));
        assertThat(document("d").getString("similarity")).isNull();
        retract("b").body("readmitted", equalTo(id("d")));
        retract("d").body("readmitted", equalTo(id("c")));
        retract("c").body("readmitted", nullValue());
        documents(line("a", SUN)).body("accepted", equalTo(1));
        documents(line("c", SUN + "真亮。")).body("nearDuplicates", equalTo(1));
    }

    @Test
    void aNewTextOfTheFirstDecidesAboutTheOthersAgain() {
        documents(line("a", SUN), line("b", SUN + "很亮。"), line("c", SUN + "真亮。"));

        documents(line("a", MOON)).body("accepted", equalTo(1));

        assertThat(document("b").getString("state")).isEqualTo("active");
        assertThat(document("c").getString("duplicateOf")).isEqualTo(id("b"));
        documents(line("a", MOON + "真圆。")).body("accepted", equalTo(1));
        documents(line("e", MOON)).body("nearDuplicates", equalTo(1));
        documents(line("b", MOON + "很圆。")).body("nearDuplicates", equalTo(1));
        assertThat(document("c").getString("state")).isEqualTo("active");
    }

    @Test
    void theResultDoesNotDependOnWhereBatchesBegin() {
        List<String> lines = variants();
        String oneByOne = corpus + "-2";

        post(corpus, lines);
        lines.forEach(line -> post(oneByOne, List.of(line)));

        assertThat(states(oneByOne)).isEqualTo(states(corpus)).contains("active", "duplicate");
    }

    /** Texts of which many are alike, in no order. */
    private static List<String> variants() {
        Random random = new Random(11);
        return IntStream.range(0, 120)
                .mapToObj(i -> {
                    StringBuilder text = new StringBuilder(random.nextBoolean() ? SUN : MOON);
                    for (int edit = random.nextInt(4); edit >= 0; edit--) {
                        text.setCharAt(random.nextInt(text.length()), (char) ('一' + random.nextInt(50)));
                    }
                    return line(Integer.toString(i), text.toString());
                })
                .toList();
    }

    private static List<String> states(String name) {
        return given().get("/api/corpora/{c}/documents?limit=1000", name)
                .jsonPath()
                .getList("items.state");
    }

    private ValidatableResponse documents(String... lines) {
        return post(corpus, Stream.of(lines).toList());
    }

    private static ValidatableResponse post(String name, List<String> lines) {
        return given().body(lines.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8))
                .post("/api/corpora/{c}/documents", name)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse retract(String name) {
        return given().delete("/api/corpora/{c}/documents/{id}", corpus, id(name))
                .then()
                .statusCode(200);
    }

    private JsonPath document(String name) {
        return given().get("/api/corpora/{c}/documents/{id}", corpus, id(name)).jsonPath();
    }

    private String id(String name) {
        return Document.id(new CorpusName(corpus), name);
    }

    private static String line(String id, String text) {
        return "{\"id\": \"" + id + "\", \"text\": \"" + text + "\"}";
    }
}
