package io.minigpt.qageneration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is left, and what is done about it, when the teacher does not do its part. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(EndpointPort.class)
class FailingTeacherIT extends GenerationStage {

    @Test
    void whatATeacherCannotDoIsGivenUpWithItsReplies() {
        imported("a", 1, FIVE);
        teacher.lines = pairs -> pairs.size() == 5 ? pairs.subList(0, 2) : List.of("不知道");

        String runId = requested("scripted", 1);
        GenerationFinished finished = finished(runId);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getDocumentsFailed()).isEqualTo(1);
        assertThat(finished.getCounts().getPairsAccepted()).isEqualTo(2);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(4);
        assertThat(finished.getCounts().getTokensIn()).isEqualTo(480);
        given().get("/api/generation/dead-letters?runId=" + runId)
                .then()
                .body("items", hasSize(1))
                .body("items[0].reason", equalTo("2 of 5 pairs after 4 replies"))
                .body("items[0].replies", hasSize(4))
                .body("items[0].replies[3].text", equalTo("不知道"));
    }

    @Test
    void anEndpointThatRefusesTheKeyFailsTheRun() {
        imported("a", 1, FIVE);
        imported("b", 2, FIVE + "银是金属。");
        teacher.step = answer -> ScriptedEndpoint.fail(401, "no");

        GenerationFinished finished = finished(requested("scripted", 2));

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("401").contains("key").doesNotContain("secret-key");
    }

    @Test
    void callsWithoutAReplyAreCountedWithTheirRun() {
        imported("a", 1, FIVE);
        AtomicInteger calls = new AtomicInteger();
        teacher.step = answer -> switch (calls.incrementAndGet()) {
            case 1, 2 -> ScriptedEndpoint.fail(503, "overloaded");
            case 3 -> ScriptedEndpoint.fail(429, "slow down");
            default -> answer;
        };

        String runId = requested("scripted", 1);

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(5);
        given().get("/api/generation/runs/" + runId)
                .then()
                .body("failures.reason", contains("server-error", "rate-limited"))
                .body("failures.status", contains(503, 429))
                .body("failures.calls", contains(2, 1))
                .body("teaching.calls", equalTo(1));
    }

    @Test
    void aTeacherThatIsAwayIsWaitedFor() {
        imported("a", 1, FIVE);
        endpoint.close();
        String runId = requested("scripted", 1);
        Eventually.get(
                () -> given().get("/api/generation/runs/" + runId).path("teacherPause.reason"),
                reason -> String.valueOf(reason).contains("cannot be reached"));

        endpoint = new ScriptedEndpoint(port, teacher);

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(5);
        given().get("/api/generation/runs/" + runId)
                .then()
                .body("documents.failed", equalTo(0))
                .body("failures.reason", hasItem("unreachable"));
    }

    @Test
    void whatWasGivenUpIsAskedAgainOnRequest() {
        imported("a", 1, FIVE);
        teacher.lines = pairs -> pairs.size() == 5 ? pairs.subList(0, 2) : List.of("不知道");
        String runId = requested("scripted", 1);
        finished(runId);
        String letter =
                given().get("/api/generation/dead-letters?runId=" + runId).path("items[0].id");
        teacher.lines = UnaryOperator.identity();

        String replay = given().post("/api/generation/dead-letters/" + letter + "/replay")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        assertThat(finished(replay).getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished(replay).getCounts().getTeacherCalls()).isEqualTo(1);
        given().get("/api/generation/dead-letters/" + letter)
                .then()
                .body("replayRunId", equalTo(replay))
                .body("replies", hasSize(4));
        given().post("/api/generation/dead-letters/none/replay").then().statusCode(404);
    }

    @Test
    void anEndpointThatAcceptsNoRequestFailsTheRun() {
        for (int document = 1; document <= 21; document++) {
            imported("d" + document, document, FIVE);
        }
        teacher.step = answer -> ScriptedEndpoint.fail(400, "no such parameter");

        GenerationFinished finished = finished(requested("scripted", 21));

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("first 20 documents").contains("no such parameter");
    }
}
