package io.minigpt.registry;

import static io.restassured.RestAssured.given;

import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** What workers report, and what people ask for. */
final class TestRuns {

    private TestRuns() {}

    static ValidatableResponse put(String model, String alias, int version) {
        return given().contentType(ContentType.JSON)
                .body("{\"version\":" + version + ",\"reason\":\"it is good\"}")
                .put("/api/models/" + model + "/aliases/" + alias)
                .then();
    }

    static TrainingFinished pretraining(String runId, String model) {
        TrainingFinished.Builder run = TrainingFinished.newBuilder()
                .setRunId(runId)
                .setLease(1)
                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                .setStage(Stage.STAGE_PRETRAIN)
                .setModel(model)
                .setDataset(dataset("news-pretraining"))
                .setModelConfiguration("{\"n_layer\":2}")
                .setTrainingConfiguration("{\"max_iters\":20}")
                .setDevice("cpu")
                .setEngine("pytorch 2.7.1")
                .setCodeVersion("1.2.3")
                .setTokensSeen(1000);
        return runId.equals("once")
                ? run.build()
                : run.addCheckpoints(checkpoint(20, true, "last")).build();
    }

    static Checkpoint checkpoint(long step, boolean selected, String role) {
        return Checkpoint.newBuilder()
                .setStep(step)
                .setTrainLoss(2.25)
                .setValidationLoss(2.5)
                .addRoles(role)
                .setSelected(selected)
                .build();
    }

    static DatasetVersion dataset(String name) {
        return DatasetVersion.newBuilder()
                .setName(name)
                .setVersion(4)
                .setIdentity("cafe")
                .setCorpus("news")
                .setTrainRecords(90)
                .build();
    }

    /** One that succeeded, with one figure on the set curated. */
    static EvaluationFinished evaluation(String runId, String model, int version, double value) {
        return EvaluationFinished.newBuilder()
                .setRunId(runId)
                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                .setVersion(ModelVersion.newBuilder().setModel(model).setVersion(version))
                .setDataset("news-sft")
                .setDatasetVersion(4)
                .addMetrics(Metric.newBuilder()
                        .setSet("curated")
                        .setName("rouge_l")
                        .setValue(value)
                        .setItems(8))
                .setPromoteAlias("champion")
                .build();
    }

    /** A figure of 8 items of the set unseen. */
    static Metric unseen(String name, double value) {
        return Metric.newBuilder()
                .setSet("unseen")
                .setLabel("unseen")
                .setName(name)
                .setTemperature(0.01)
                .setValue(value)
                .setItems(8)
                .build();
    }
}
