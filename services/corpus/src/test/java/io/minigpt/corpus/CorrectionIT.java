package io.minigpt.corpus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.Timestamp;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.inference.v1.AnswerFlagged;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of answers that people flagged. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CorrectionIT extends CorpusStage {

    @Test
    void keepsFlaggedAnswers() {
        String flagId = UUID.randomUUID().toString();
        AnswerFlagged flag = AnswerFlagged.newBuilder()
                .setFlagId(flagId)
                .setModel("samples")
                .setVersion(3)
                .setPrompt("太阳是什么？")
                .setAnswer("行星。")
                .setTemperature(0.5)
                .setReason("错了")
                .setFlaggedAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
                .build();
        Event<AnswerFlagged> event = probe.publish("samples", flag);
        probe.publish(event);

        Eventually.get(
                () -> given().get("/api/corrections").jsonPath().getList("items.flagId"), ids -> ids.contains(flagId));

        given().get("/api/corrections/{f}", flagId)
                .then()
                .body("answer", equalTo("行星。"))
                .body("flaggedAt", equalTo("2023-11-14T22:13:20Z"));
    }

    @Test
    void aCorrectedAnswerBecomesAQuestionOfACorpusOnce() {
        String accepted = flagged("月亮是什么？");
        String refused = flagged("今天星期几？");
        String body = "{\"corpus\": \"" + corpus + "\", \"answer\": \"地球的卫星。\"}";

        decide(accepted, "accept", body)
                .statusCode(200)
                .body("state", equalTo("accepted"))
                .body("question", equalTo("月亮是什么？"))
                .body("correct", equalTo("地球的卫星。"));
        decide(refused, "refuse", "{}").statusCode(200).body("state", equalTo("refused"));

        QuestionImported question = probe.await(
                        QuestionImported.class, imported -> imported.getCorpus().equals(corpus))
                .data();
        assertThat(question.getQuestion()).isEqualTo("月亮是什么？");
        assertThat(question.getAnswer()).isEqualTo("地球的卫星。");
        // the same again changes nothing, something else is a conflict
        decide(accepted, "accept", body).statusCode(200);
        assertThat(given().get("/api/corpora/{c}/questions", corpus).jsonPath().getList("items"))
                .hasSize(1);
        decide(accepted, "refuse", "{}").statusCode(409);
        decide(refused, "accept", body).statusCode(409);
        assertThat(given().get("/api/corrections?state=refused").jsonPath().getList("items.flagId"))
                .contains(refused)
                .doesNotContain(accepted);
    }

    @Test
    void whatIsNoPairIsNotAccepted() {
        String flag = flagged("谁？");

        decide(flag, "accept", "{\"corpus\": \"" + corpus + "\", \"answer\": \" \"}")
                .statusCode(400);
        decide(flag, "accept", "{\"corpus\": \"" + corpus + "\"}").statusCode(400);
        decide("nobody", "refuse", "{}").statusCode(404);
        given().get("/api/corrections/{f}", flag).then().body("state", equalTo("open"));
    }

    private String flagged(String prompt) {
        String flagId = UUID.randomUUID().toString();
        probe.publish(
                "samples",
                AnswerFlagged.newBuilder()
                        .setFlagId(flagId)
                        .setModel("samples")
                        .setVersion(3)
                        .setPrompt(prompt)
                        .setAnswer("不知道。")
                        .build());
        Eventually.get(() -> given().get("/api/corrections/{f}", flagId).statusCode(), status -> status == 200);
        return flagId;
    }

    private ValidatableResponse decide(String flagId, String decision, String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/corrections/{f}/" + decision, flagId)
                .then();
    }
}
