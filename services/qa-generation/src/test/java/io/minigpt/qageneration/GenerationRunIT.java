package io.minigpt.qageneration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The life of a run: asked for, paused, limited, cancelled, taken over. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(EndpointPort.class)
class GenerationRunIT extends GenerationStage {

    @Inject
    Database database;

    @Test
    void aCommandThatComesTwiceStartsOnce() {
        imported("a", 1, FIVE);
        String runId = UUID.randomUUID().toString();
        Event<GenerationRequested> command = probe.publish(runId, command(runId, "scripted", 1));
        probe.publish(command);
        probe.publish(runId, command.data());

        finished(runId);
        finished(requested("scripted", 1));

        assertThat(probe.all(GenerationStarted.class, event -> event.getRunId().equals(runId)))
                .hasSize(1);
        assertThat(probe.all(GenerationFinished.class, event -> event.getRunId().equals(runId)))
                .hasSize(1);
        assertThat(teacher.requests).hasValue(1);
    }

    @Test
    void aCancelledRunPublishesNothingMoreAndLosesNoReply() {
        imported("a", 1, FIVE);
        teacher.gate = new CountDownLatch(1);
        String runId = requested("scripted", 1);
        Eventually.get(teacher.requests::get, count -> count == 1);

        probe.publish(
                runId,
                GenerationCancellationRequested.newBuilder()
                        .setRunId(runId)
                        .setReason("enough")
                        .build());

        GenerationFinished finished = finished(runId);
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
        assertThat(finished.getReason()).isEqualTo("enough");
        teacher.gate.countDown();
        GenerationFinished next = finished(requested("scripted", 1));
        assertThat(next.getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(generated(5)).allSatisfy(pair -> assertThat(pair.getRunId()).isEqualTo(next.getRunId()));
        assertThat(teacher.requests.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aRunThatWaitsCanBeCancelledByHand() {
        String runId = requested("extractive", 99);
        Eventually.get(() -> given().get("/api/generation/runs/" + runId).path("state"), "waiting"::equals);

        given().post("/api/generation/runs/" + runId + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("reason", equalTo("cancelled by request"));

        assertThat(finished(runId).getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
    }

    @Test
    void aReplicaThatLosesItsLeaseLeavesNoTrace() {
        imported("a", 1, FIVE);
        teacher.gate = new CountDownLatch(1);
        String runId = requested("scripted", 1);
        Eventually.get(teacher.requests::get, count -> count == 1);

        database.run(transaction -> transaction
                .createUpdate("update job set lease_until = clock_timestamp() - interval '1 second' where id like :id")
                .bind("id", runId + "/%")
                .execute());
        Eventually.get(teacher.requests::get, count -> count == 2);
        teacher.gate.countDown();

        GenerationFinished finished = finished(runId);
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(1);
        assertThat(finished.getOutput().getRevision()).isEqualTo(5);
        finished(requested("scripted", 1));
        assertThat(probe.all(PairGenerated.class, pair -> pair.getCorpus().equals(corpus)))
                .hasSize(5);
        assertThat(teacher.requests).hasValue(2);
    }

    @Test
    void anUnknownTeacherOrPromptFailsTheRun() {
        imported("a", 1, FIVE);
        String runId = UUID.randomUUID().toString();
        GenerationRequested command = command(runId, "nobody", 1);
        probe.publish(runId, command);
        String other = UUID.randomUUID().toString();
        probe.publish(
                other,
                command.toBuilder()
                        .setRunId(other)
                        .setTeacher("")
                        .setPrompt("none")
                        .build());

        assertThat(finished(runId).getReason())
                .isEqualTo("no teacher 'nobody' is configured; configured are [extractive, scripted]");
        assertThat(finished(other).getReason()).isEqualTo("no prompt 'none'; there is questions.zh");
        assertThat(finished(other).getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    }

    @Test
    void aRequestThatMakesNoSenseEndsItsRun() {
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", 1).toBuilder()
                        .setQuestionsPerSentence(99)
                        .build());
        String other = UUID.randomUUID().toString();
        probe.publish(
                other, command(other, "scripted", 1).toBuilder().setCorpus("").build());

        assertThat(finished(runId).getReason())
                .contains("questions_per_sentence")
                .contains("99");
        assertThat(finished(other).getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    }

    @Test
    void aPausedRunMakesNoCallUntilItIsResumed() {
        imported("a", 1, FIVE);
        imported("b", 2, FIVE.replace("铁", "铜"));
        teacher.lines = pairs -> pairs.size() == 5 ? pairs.subList(0, 2) : pairs;
        teacher.gate = new CountDownLatch(1);
        String runId = requested("scripted", 2);
        Eventually.get(teacher.requests::get, count -> count == 2);

        given().post("/api/generation/runs/" + runId + "/pause").then().body("state", equalTo("paused"));
        teacher.gate.countDown();
        Eventually.get(
                () -> given().get("/api/generation/runs/" + runId).path("teaching.calls"),
                calls -> Integer.valueOf(2).equals(calls));
        Eventually.get(() -> queued(runId), count -> count == 2);
        assertThat(teacher.requests).hasValue(2);
        given().post("/api/generation/runs/" + runId + "/pause").then().statusCode(409);

        given().contentType("application/json")
                .post("/api/generation/runs/" + runId + "/resume")
                .then()
                .body("state", equalTo("running"));

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(10);
        assertThat(teacher.requests).hasValue(4);
    }

    @Test
    void aRunThatHasSpentWhatItMayIsPausedUntilItMayMore() {
        imported("a", 1, FIVE);
        teacher.lines = pairs -> pairs.subList(0, 1);
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", 1).toBuilder().setMaxTokens(300).build());

        Eventually.get(() -> given().get("/api/generation/runs/" + runId).path("state"), "paused"::equals);
        given().get("/api/generation/runs/" + runId)
                .then()
                .body("reason", equalTo("its cap of 300 tokens is reached: 308 spent"))
                .body("teaching.calls", equalTo(2))
                .body("teaching.cost", equalTo(0.00376f))
                .body("teaching.maxTokens", equalTo(300));
        resume(runId, 308).then().statusCode(409).body("detail", containsString("give a higher maxTokens"));

        teacher.lines = UnaryOperator.identity();
        resume(runId, 10_000).then().statusCode(200);

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished(runId).getCounts().getCost()).startsWith("0.00564");
        given().get("/api/generation/runs/" + runId)
                .then()
                .body("pairs.acceptanceRate", equalTo(1.0f))
                .body("teaching.meanLatencyMillis", notNullValue());
    }

    @Test
    void runsAreStartedAndListedByHand() {
        imported("a", 1, FIVE);
        Eventually.get(
                () -> given().contentType("application/json")
                        .body(Map.of("corpus", corpus, "teacher", "scripted", "id", corpus))
                        .post("/api/generation/runs")
                        .statusCode(),
                status -> status == 202);

        assertThat(finished(corpus).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);

        given().get("/api/generation/runs/" + corpus)
                .then()
                .body("state", equalTo("succeeded"))
                .body("documents.done", equalTo(1))
                .body("pairs.accepted", equalTo(5))
                .body("teaching.tokensOut", equalTo(34))
                .body("elapsedMillis", notNullValue());
        given().get("/api/generation/runs?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("next", notNullValue());
        given().get("/api/generation/prompts")
                .then()
                .body("items.name", containsInAnyOrder("questions.zh", "sentences.zh"))
                .body("items.current", everyItem(equalTo(true)));
        given().contentType("application/json")
                .body("{\"corpus\": \"none\"}")
                .post("/api/generation/runs")
                .then()
                .statusCode(404);
        given().contentType("application/json")
                .body("{\"corpora\": \"x\"}")
                .post("/api/generation/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("unknown property 'corpora'"));
        given().get("/api/generation/runs/none").then().statusCode(404);
    }

    private static Response resume(String runId, long maxTokens) {
        return given().contentType("application/json")
                .body(Map.of("maxTokens", maxTokens))
                .post("/api/generation/runs/" + runId + "/resume");
    }

    private long queued(String runId) {
        return database.read(
                handle -> handle.createQuery("select count(*) from job where state = 'queued' and id like :id")
                        .bind("id", runId + "/%")
                        .mapTo(Long.class)
                        .one());
    }
}
