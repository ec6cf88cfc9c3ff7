package io.minigpt.registry;

import static io.minigpt.registry.TestRuns.evaluation;
import static io.minigpt.registry.TestRuns.pretraining;
import static io.minigpt.registry.TestRuns.put;
import static io.minigpt.registry.TestRuns.unseen;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PromotionIT {

    private static EventProbe probe;

    @BeforeAll
    static void connect() {
        probe = new EventProbe();
    }

    @AfterAll
    static void disconnect() {
        probe.close();
    }

    @Test
    void aPolicyOfItsOwnDecidesWithMarginAndVetoes() {
        register("ruled", 4);
        policy("ruled", """
                {"margin": 0.05, "vetoes": [{"figure": "repetition.unseen", "most": 0.3}], "reason": "careful"}
                """)
                .statusCode(200)
                .body("figure", equalTo("rougeL.unseen"))
                .body("revision", equalTo(1));

        assertThat(judged("ruled", 1, 0.50, 0.1).getPromoted()).isTrue();
        PromotionDecided tooClose = judged("ruled", 2, 0.54, 0.1);
        PromotionDecided repeats = judged("ruled", 3, 0.60, 0.4);
        assertThat(judged("ruled", 4, 0.56, 0.2).getPromoted()).isTrue();

        assertThat(tooClose.getPromoted()).isFalse();
        assertThat(tooClose.getReason())
                .isEqualTo("rougeL.unseen is 0.5400 against 0.5000 of version 1, a lead of 0.0400 where 0.0500 is asked"
                        + " for; repetition.unseen is 0.1000, allowed is at most 0.3");
        assertThat(repeats.getPromoted()).isFalse();
        when().get("/api/models/ruled/decisions?alias=champion")
                .then()
                .body("items.version", contains(4, 3, 2, 1))
                .body("items.verdict", contains("promoted", "refused", "refused", "promoted"))
                .body("items[2].championVersion", equalTo(1))
                .body("items[1].checks.figure", contains("rougeL.unseen", "repetition.unseen"))
                .body("items[1].checks[0].value", equalTo(0.6f))
                .body("items[1].checks[0].champion", equalTo(0.5f))
                .body("items[1].checks.passed", contains(true, false))
                .body("items[1].evaluationRunId", equalTo("judged-ruled-3"));
        when().get("/api/models/ruled/decisions?limit=3").then().body("items", hasSize(3));
        when().get("/api/models/ruled/aliases/champion").then().body("version", equalTo(4));
    }

    @Test
    void byHandAPersonHasTheLastWord() {
        register("manual", 1);
        policy("manual", "{\"mode\":\"by-hand\"}").statusCode(200);

        PromotionDecided decided = judged("manual", 1, 0.5, 0.1);

        assertThat(decided.getPromoted()).isFalse();
        assertThat(decided.getReason()).endsWith("the policy leaves promotion to people");
        when().get("/api/models/manual/aliases/champion").then().statusCode(404);
        when().get("/api/models/manual/decisions").then().body("items.verdict", contains("proposed"));
        put("manual", "champion", 1).statusCode(200);
        when().get("/api/models/manual/decisions")
                .then()
                .body("items.decider", contains("person", "policy by-hand"))
                .body("items[0].evaluationRunId", nullValue());
    }

    @Test
    void oneCallRollsBack() {
        register("back", 3);
        put("back", "champion", 1).statusCode(200);
        rollBack("back").statusCode(409).body("detail", containsString("has named version 1 only"));
        put("back", "champion", 2).statusCode(200);

        rollBack("back").statusCode(200).body("version", equalTo(1)).body("setBy", equalTo("rollback"));

        probe.await(
                AliasSet.class,
                m -> m.getModel().equals("back")
                        && m.getRevision() == 3
                        && m.getVersion().getVersion() == 1);
        when().get("/api/models/back/decisions")
                .then()
                .body("items.decider", contains("rollback", "person", "person"))
                .body("items[0].championVersion", equalTo(2))
                .body("items[0].checks.figure", contains("trainLoss", "validationLoss"))
                .body("items[0].reason", equalTo("worse answers"));
        // what it named before may be gone
        put("back", "champion", 3).statusCode(200);
        when().delete("/api/models/back/versions/1").then().statusCode(204);
        rollBack("back").statusCode(409).body("detail", containsString("version back:1"));
        rollBack("nobody").statusCode(404);
    }

    @Test
    void refusesAPolicyByWhatIsWrong() {
        register("wrong", 1);

        policy("wrong", "{\"mode\":\"sometimes\"}").statusCode(400).body("detail", containsString("sometimes"));
        policy("wrong", "{\"vetoes\":[{\"figure\":\"repetition.unseen\"}]}")
                .statusCode(400)
                .body("detail", containsString("repetition.unseen needs least or most"));
        policy("wrong", "{\"margins\":1}").statusCode(400).body("detail", containsString("margins"));
        policy("unheard", "{}").statusCode(404);
        when().get("/api/models/wrong/aliases/champion/policy").then().statusCode(404);
    }

    private static void register(String model, int versions) {
        for (int i = 1; i <= versions; i++) {
            probe.publish(model + "-" + i, pretraining(model + "-" + i, model));
            String run = model + "-" + i;
            probe.await(VersionRegistered.class, m -> m.getRunId().equals(run));
        }
    }

    private static PromotionDecided judged(String model, int version, double rougeL, double repetition) {
        String run = "judged-" + model + "-" + version;
        probe.publish(
                run,
                evaluation(run, model, version, 0.9).toBuilder()
                        .addMetrics(unseen("rouge_l", rougeL))
                        .addMetrics(unseen("repetition", repetition))
                        .build());
        return probe.await(PromotionDecided.class, m -> m.getRunId().equals(run))
                .data();
    }

    private static ValidatableResponse policy(String model, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/api/models/" + model + "/aliases/champion/policy")
                .then();
    }

    private static ValidatableResponse rollBack(String model) {
        return given().contentType(ContentType.JSON)
                .body("{\"reason\":\"worse answers\"}")
                .post("/api/models/" + model + "/aliases/champion/rollback")
                .then();
    }
}
