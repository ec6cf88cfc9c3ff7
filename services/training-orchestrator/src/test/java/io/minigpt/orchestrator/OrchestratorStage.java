package io.minigpt.orchestrator;

import static io.restassured.RestAssured.given;

import com.google.protobuf.Timestamp;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.training.v1.StepMeasured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The orchestrator and the services around it that a test plays. */
abstract class OrchestratorStage {

    static EventProbe probe;

    @BeforeAll
    static void connect() {
        probe = new EventProbe();
    }

    @AfterAll
    static void disconnect() {
        probe.close();
    }

    static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    static void measure(String runId, long lease, long step, double loss) {
        probe.publish(
                runId,
                StepMeasured.newBuilder()
                        .setRunId(runId)
                        .setLease(lease)
                        .setStep(step)
                        .setMaxSteps(20)
                        .setTrainLoss(loss)
                        .setLearningRate(0.001)
                        .setTimeLeftMillis(60_000)
                        .setMemoryBytes(1 << 30)
                        .setMeasuredAt(Timestamp.newBuilder().setSeconds(1))
                        .build());
    }
}
