package io.minigpt.augmentation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.augmentation.v1.AugmentationCancellationRequested;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that wait, are asked for twice, end early or are repeated. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AugmentationRunIT extends AugmentationStage {

    @Inject
    Database database;

    @Test
    void aRunWaitsForItsInputs() {
        question(1, QUESTIONS.get(1));
        StreamPosition missing = next();
        request("run-" + corpus);

        Eventually.get(
                () -> given().get("/api/augmentation/runs/run-" + corpus).asString(),
                answer -> answer.contains("\"have\":1,\"expected\":2"));
        question(missing, 2, QUESTIONS.get(2));

        assertThat(finished("run-" + corpus).getCounts().getPairsTotal()).isEqualTo(2);
    }

    @Test
    void askingTwiceStartsOnce() {
        question(1, QUESTIONS.get(1));
        Event<AugmentationRequested> command = request("run-" + corpus);
        probe.publish(command);
        request("run-" + corpus);
        finished("run-" + corpus);
        run("run-" + corpus + "-last");

        assertThat(probe.all(
                        AugmentationFinished.class, event -> event.getRunId().equals("run-" + corpus)))
                .hasSize(1);
        assertThat(probe.all(
                        AugmentationStarted.class, event -> event.getRunId().equals("run-" + corpus)))
                .hasSize(1);
    }

    @Test
    void aQuestionJobThatDiedIsRepeatedWithTheSameVariants() {
        question(1, QUESTIONS.get(1));
        AugmentationFinished first = run("a-" + corpus);
        List<String> before = ids(VariantGenerated.class, this::ofThisCorpus);
        // a replica that dies after it kept the reply: no set, no variants, the job leased by nobody alive
        database.run(transaction -> {
            transaction.execute("delete from variant_set where parent_id = ?", id(1));
            transaction.execute(
                    "update run_subject set state = 'pending', results = 0, generated = 0 where run_id = ?",
                    "a-" + corpus);
            transaction.execute("update run set state = 'running', finished_at = null where id = ?", "a-" + corpus);
            transaction.execute(
                    "update job set state = 'leased', owner = 'dead', lease_until = clock_timestamp() where id = ?",
                    "a-" + corpus + "/" + id(1));
        });

        List<Event<AugmentationFinished>> ends = probe.awaitCount(
                AugmentationFinished.class, event -> event.getRunId().equals("a-" + corpus), 2);

        AugmentationFinished second = ends.getLast().data();
        assertThat(second.getCounts().getVariantsAccepted())
                .isEqualTo(first.getCounts().getVariantsAccepted());
        assertThat(second.getCounts().getTeacherCalls()).isEqualTo(1);
        assertThat(ids(VariantGenerated.class, this::ofThisCorpus)).isEqualTo(before);
    }

    @Test
    void aRequestThatMakesNoSenseEndsItsRun() {
        probe.publish(
                "run-" + corpus,
                AugmentationRequested.newBuilder()
                        .setRunId("run-" + corpus)
                        .setCorpus(corpus)
                        .addRecipes("poem")
                        .build());

        assertThat(finished("run-" + corpus).getReason()).contains("'poem' is not question or pair");
    }

    @Test
    void aWaitingRunCanBeCancelled() {
        next();
        request("run-" + corpus);
        probe.publish(
                "run-" + corpus,
                AugmentationCancellationRequested.newBuilder()
                        .setRunId("run-" + corpus)
                        .setReason("not needed")
                        .build());

        AugmentationFinished finished = finished("run-" + corpus);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
        assertThat(finished.getReason()).isEqualTo("not needed");
    }

    @Test
    void anUnknownTeacherFailsTheRun() {
        given().contentType("application/json")
                .body("{\"corpus\":\"" + corpus + "\"}")
                .post("/api/augmentation/runs")
                .then()
                .statusCode(404);
        question(1, QUESTIONS.get(1));
        probe.publish(
                "run-" + corpus,
                AugmentationRequested.newBuilder()
                        .setRunId("run-" + corpus)
                        .setCorpus(corpus)
                        .setTeacher("nobody")
                        .build());

        AugmentationFinished finished = finished("run-" + corpus);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("no teacher 'nobody' is configured");
        given().contentType("application/json")
                .body("{\"corpus\":\"" + corpus + "\",\"sources\":[\"poems\"]}")
                .post("/api/augmentation/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("'poems' is not curated or generated"));
    }
}
