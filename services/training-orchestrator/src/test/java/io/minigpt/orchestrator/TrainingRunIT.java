package io.minigpt.orchestrator;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.google.protobuf.Timestamp;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.Sample;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingPauseRequested;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingQueued;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingResumptionRequested;
import io.minigpt.proto.training.v1.TrainingRetryRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.proto.training.v1.WorkerReported;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TrainingRunIT extends OrchestratorStage {

    @Test
    void aHigherLeaseReplacesMeasurements() {
        // Given a step that a lost lease measured
        measure("training-x", 1, 1, 4.0);
        measure("training-x", 1, 2, 3.0);

        // When the next lease measures it again, and the lost one once more
        measure("training-x", 2, 2, 2.5);
        measure("training-x", 1, 2, 3.0);
        measure("training-x", 2, 3, 2.25);
        probe.publish(
                "training-x",
                TrainingStarted.newBuilder()
                        .setRunId("training-x")
                        .setLease(2)
                        .setStartStep(1)
                        .build());
        Eventually.get(() -> when().get("/api/training-runs/training-x").statusCode(), status -> status == 200);
        measure("training-x", 1, 4, 9.0);
        measure("training-x", 2, 5, 2.0);

        // Then the newer figures stay, and none of the lost one is added
        List<Float> losses = Eventually.get(
                () -> when().get("/api/training-runs/training-x/metrics").path("items.trainLoss"),
                found -> found.size() == 4);
        assertThat(losses).containsExactly(4.0f, 2.5f, 2.25f, 2.0f);
        when().get("/api/training-runs/training-x/metrics?points=1")
                .then()
                .body("items.step", contains(1, 5))
                .body("items[0].memoryBytes", equalTo(1 << 30));
        when().get("/api/training-runs/training-x/metrics?points=0").then().statusCode(400);
        when().get("/api/training-runs/training-x").then().body("figures.secondsLeft", equalTo(60));
    }

    @Test
    void trainsByHandOnASealedVersion() {
        // Given a sealed dataset version
        probe.publish(
                "poems-pretraining:2",
                DatasetVersionSealed.newBuilder()
                        .setVersion(DatasetVersion.newBuilder()
                                .setName("poems-pretraining")
                                .setVersion(2)
                                .setIdentity("abc")
                                .setKind(DatasetKind.DATASET_KIND_PRETRAINING))
                        .build());
        String body = """
                {"kind":"pretrain","model":"poems","dataset":{"name":"poems-pretraining","version":2},
                 "overrides":{"max_iters":"7"}}""";

        // When a run is asked for
        ValidatableResponse response = Eventually.get(
                        () -> given().contentType(ContentType.JSON).body(body).post("/api/training-runs"),
                        answer -> answer.statusCode() == 202)
                .then()
                .body("state", equalTo("pending"));
        String id = response.extract().path("id");

        // Then the workers are asked, with the whole version in the command
        TrainingRequested command = probe.await(
                        TrainingRequested.class, m -> m.getRunId().equals(id))
                .data();
        assertThat(command.getDataset().getIdentity()).isEqualTo("abc");
        assertThat(command.getModelConfiguration()).contains("\"n_layer\":2");
        assertThat(command.getTrainingConfiguration()).contains("\"max_iters\":7");
        report("worker-1", "cpu", "");
        report("worker-2", "cpu", id + "-other");
        Eventually.get(
                () -> when().get("/api/training-runs/queue").<List<String>>path("workers.name"),
                names -> names.size() == 2);
        when().get("/api/training-runs/queue")
                .then()
                .body("workers.device", contains("cpu", "cpu"))
                .body("items.find { it.id == '" + id + "' }.kind", equalTo("pretrain"))
                .body("items.find { it.id == '" + id + "' }.reason", containsString("worker-"));
        String onGpu = post("/api/training-runs", body.replace("\"max_iters\":\"7\"", "\"device\":\"cuda\""))
                .statusCode(202)
                .extract()
                .path("id");
        when().get("/api/training-runs/queue")
                .then()
                .body(
                        "items.find { it.id == '" + onGpu + "' }.reason",
                        equalTo("worker-1 does not fit: it asks for a GPU; worker-2 does not fit: it asks for a GPU"))
                .body("items.find { it.id == '" + onGpu + "' }.expectedStart", nullValue());
        when().post("/api/training-runs/" + id + "/cancel").then().statusCode(202);
        when().get("/api/training-runs").then().body("items.id", hasItem(id));
        post("/api/training-runs", body.replace("pretrain\",", "sft\","))
                .statusCode(400)
                .body("detail", containsString("is not made for kind 'sft'"));
        post("/api/training-runs", body.replace("\"7\"", "\"0\""))
                .statusCode(400)
                .body("detail", containsString("max_iters is 0, but must be at least 1"));
        post("/api/training-runs", body.replace("pretrain\",", "evaluate\","))
                .statusCode(400)
                .body("detail", containsString("model says nothing to kind 'evaluate'"));
        aRunIsHeldBackAndTriedAgain(id);
    }

    /** The workers answer each command; a second delivery of the failure does not end the next try. */
    private void aRunIsHeldBackAndTriedAgain(String id) {
        String run = "/api/training-runs/" + id;
        TrainingFinished failed = TrainingFinished.newBuilder()
                .setRunId(id)
                .setLease(2)
                .setOutcome(Outcome.OUTCOME_FAILED)
                .setReason("the disk is full")
                .build();
        when().post(run + "/resume").then().statusCode(409).body("detail", endsWith("is pending, not paused"));
        when().post(run + "/pause").then().statusCode(202);
        probe.await(TrainingPauseRequested.class, m -> m.getRunId().equals(id));
        probe.publish(
                id,
                TrainingPaused.newBuilder()
                        .setRunId(id)
                        .setReason("asked for by hand")
                        .build());
        awaitState(run, "paused");
        when().post(run + "/pause").then().statusCode(409);
        when().post(run + "/retry").then().statusCode(409);
        when().post(run + "/resume").then().statusCode(202);
        probe.await(TrainingResumptionRequested.class, m -> m.getRunId().equals(id));
        probe.publish(
                id,
                TrainingQueued.newBuilder()
                        .setRunId(id)
                        .setReason("asked for by hand")
                        .build());
        awaitState(run, "pending");
        probe.publish(
                id,
                TrainingStarted.newBuilder()
                        .setRunId(id)
                        .setLease(2)
                        .setWorker("worker-2")
                        .setStartStep(5)
                        .build());
        probe.publish(
                id,
                TrainingCheckpointed.newBuilder()
                        .setRunId(id)
                        .setLease(2)
                        .setCheckpoint(Checkpoint.newBuilder().setStep(10))
                        .addSamples(Sample.newBuilder().setPrompt("光合作用是什么？").setText("是"))
                        .build());
        probe.publish(id, failed);
        awaitState(run, "failed");
        when().get(run + "/samples")
                .then()
                .body("items[0].step", equalTo(10))
                .body("items[0].samples[0].prompt", equalTo("光合作用是什么？"))
                .body("items[0].samples[0].text", equalTo("是"));
        when().post(run + "/retry").then().statusCode(202).body("state", equalTo("pending"));
        TrainingRetryRequested again = probe.await(
                        TrainingRetryRequested.class,
                        m -> m.getRequest().getRunId().equals(id))
                .data();
        assertThat(again.getRequest().getDataset().getIdentity()).isEqualTo("abc");
        probe.publish(id, failed);
        probe.publish(id, TrainingStarted.newBuilder().setRunId(id).setLease(4).build());
        awaitState(run, "running");
        when().get(run + "/history")
                .then()
                .body(
                        "items.state",
                        contains("pending", "paused", "pending", "running", "failed", "pending", "running"))
                .body("items.lease", contains(0, 0, 0, 2, 2, 2, 4))
                .body("items[3].reason", equalTo("worker-2 took it at step 5"))
                .body("items[4].reason", equalTo("the disk is full"));
    }

    private static void awaitState(String run, String state) {
        Eventually.get(() -> when().get(run).path("state"), state::equals);
    }

    private static void report(String worker, String device, String runId) {
        Instant now = Instant.now();
        probe.publish(
                worker,
                WorkerReported.newBuilder()
                        .setWorker(worker)
                        .setDevice(device)
                        .setDtype("bfloat16")
                        .setEngine("pytorch 2.7.1")
                        .setMemoryBytes(4L << 30)
                        .setRunId(runId)
                        .setReportedAt(Timestamp.newBuilder()
                                .setSeconds(now.getEpochSecond())
                                .setNanos(now.getNano()))
                        .build());
    }
}
