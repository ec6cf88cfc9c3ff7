package io.minigpt.registry;

import static io.minigpt.registry.TestRuns.checkpoint;
import static io.minigpt.registry.TestRuns.dataset;
import static io.minigpt.registry.TestRuns.evaluation;
import static io.minigpt.registry.TestRuns.pretraining;
import static io.minigpt.registry.TestRuns.put;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.registry.v1.VersionDeleted;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RegistryIT {

    private static EventProbe probe;

    @Inject
    ArtifactStore artifacts;

    @BeforeAll
    static void connect() {
        probe = new EventProbe();
    }

    @AfterAll
    static void disconnect() {
        probe.close();
    }

    @Test
    void registersEachKeptCheckpointOnce() throws IOException {
        // Given a run that kept two checkpoints
        Artifact file = store("runs/once/1-10/model.safetensors", "weights");
        TrainingFinished run = pretraining("once", "once-base").toBuilder()
                .addCheckpoints(checkpoint(20, false, "last"))
                .addCheckpoints(
                        checkpoint(10, true, "best-validation-loss").toBuilder().addFiles(file))
                .build();
        probe.publish(
                "once",
                TrainingStarted.newBuilder()
                        .setRunId("once")
                        .setLease(1)
                        .setParameters(123_456)
                        .build());

        // When its end is heard of twice
        Event<TrainingFinished> event = Event.caused("/test", "once", "pipeline-1", "", run);
        probe.publish(event);
        probe.publish(event);
        probe.publish("once", pretraining("after", "after-base"));

        // Then each has one version, in the order of their steps
        probe.await(VersionRegistered.class, m -> m.getRunId().equals("after"));
        List<Event<VersionRegistered>> registered =
                probe.all(VersionRegistered.class, m -> m.getRunId().equals("once"));
        assertThat(registered)
                .extracting(fact ->
                        fact.subject() + " " + fact.data().getCheckpoint().getSelected())
                .containsExactly("once-base:1 true", "once-base:2 false");
        assertThat(registered.getFirst().correlationId()).isEqualTo("pipeline-1");
        assertThat(registered.getFirst().data().getVersion().getFiles(0)).isEqualTo(file);
        when().get("/api/models/once-base/versions/1")
                .then()
                .statusCode(200)
                .body("stage", equalTo("pretrain"))
                .body("step", equalTo(10))
                .body("roles", contains("best-validation-loss"))
                .body("parameters", equalTo(123_456))
                .body("aliases", empty())
                .body("metrics", hasEntry("validationLoss", 2.5f))
                .body("modelConfiguration.n_layer", equalTo(2))
                .body("lineage.dataset.name", equalTo("news-pretraining"))
                .body("lineage.dataset.version", equalTo(4))
                .body("lineage.dataset.identity", equalTo("cafe"))
                .body("lineage.base", nullValue())
                .body("lineage.corpus", equalTo("news"))
                .body("lineage.codeVersion", equalTo("1.2.3"))
                .body("lineage.engine", equalTo("pytorch 2.7.1"))
                .body("lineage.device", equalTo("cpu"))
                .body("files[0].name", equalTo("model.safetensors"))
                .body("files[0].sha256", equalTo(file.getSha256()))
                .body("files[0].bytes", equalTo(7));
        String content = when().get("/api/models/once-base/versions/1/files/model.safetensors")
                .then()
                .statusCode(200)
                .header("Content-Length", "7")
                .header("ETag", "\"" + file.getSha256() + "\"")
                .extract()
                .asString();
        assertThat(content).isEqualTo("weights");
        when().get("/api/models/once-base/versions/1/files/none").then().statusCode(404);
    }

    @Test
    void anEvaluationPromotesItsVersion() {
        // Given two versions, of which the second is evaluated
        probe.publish("promoted-1", pretraining("promoted-1", "promoted"));
        probe.publish("promoted-2", pretraining("promoted-2", "promoted"));
        probe.awaitCount(VersionRegistered.class, m -> m.getVersion().getModel().equals("promoted"), 2);

        // When the end of the evaluation is heard of twice
        Event<EvaluationFinished> event =
                Event.caused("/test", "judged", "pipeline-2", "", evaluation("judged", "promoted", 2, 0.875));
        probe.publish(event);
        probe.publish(event);
        probe.publish("judged", evaluation("unknown", "promoted", 9, 0.5));

        // Then the alias has moved once, and the answer to the unknown version is no
        PromotionDecided declined = probe.await(
                        PromotionDecided.class, m -> m.getRunId().equals("unknown"))
                .data();
        assertThat(declined.getPromoted()).isFalse();
        assertThat(declined.getReason()).isEqualTo("version promoted:9 is not registered");
        List<Event<AliasSet>> set = probe.all(AliasSet.class, m -> m.getModel().equals("promoted"));
        assertThat(set).singleElement().satisfies(fact -> {
            assertThat(fact.subject()).isEqualTo("promoted@champion");
            assertThat(fact.correlationId()).isEqualTo("pipeline-2");
            assertThat(fact.data().getRevision()).isEqualTo(1);
            assertThat(fact.data().getVersion().getVersion()).isEqualTo(2);
        });
        assertThat(probe.all(PromotionDecided.class, m -> m.getRunId().equals("judged")))
                .singleElement()
                .satisfies(fact -> assertThat(fact.data().getPromoted()).isTrue());
        when().get("/api/models/promoted/versions?sort=rougeL.curated&limit=1")
                .then()
                .body("items[0].version", equalTo(2))
                .body("items[0].aliases", contains("champion"))
                .body("items[0].metrics", hasEntry("rougeL.curated", 0.875f))
                .body("next", notNullValue());
        String next = when().get("/api/models/promoted/versions?sort=rougeL.curated&limit=1")
                .path("next");
        when().get("/api/models/promoted/versions?sort=rougeL.curated&limit=1&cursor=" + next)
                .then()
                .body("items.version", contains(1))
                .body("next", nullValue());
        when().get("/api/models/promoted/versions?alias=champion&stage=pretrain&dataset=news-pretraining:4")
                .then()
                .body("items.version", contains(2));
        when().get("/api/models/promoted/versions?dataset=other").then().body("items", empty());
        when().get("/api/models/promoted/versions").then().body("items.version", contains(2, 1));
        when().get("/api/models/promoted/versions?sort=fame")
                .then()
                .statusCode(400)
                .body("detail", containsString("rougeL.curated"));
        when().get("/api/models/promoted/versions/2/evaluations")
                .then()
                .body("items", hasSize(1))
                .body("items[0].runId", equalTo("judged"))
                .body("items[0].metrics[0].value", equalTo(0.875f))
                .body("items[0].decision.promoted", equalTo(true));
        when().get("/api/models")
                .then()
                .body("items.find { it.name == 'promoted' }.versions", equalTo(2))
                .body("items.find { it.name == 'promoted' }.latest", equalTo(2))
                .body("items.find { it.name == 'promoted' }.aliases.champion", equalTo(2));
    }

    @Test
    void anAliasRemembersWhatItNamed() {
        // Given an alias that named version 1 and then version 2
        probe.publish("moved-1", pretraining("moved-1", "moved"));
        probe.publish("moved-2", pretraining("moved-2", "moved"));
        probe.awaitCount(VersionRegistered.class, m -> m.getVersion().getModel().equals("moved"), 2);
        String first = put("moved", "champion", 1).statusCode(200).extract().path("setAt");

        // When it is moved
        put("moved", "champion", 2)
                .statusCode(200)
                .body("revision", equalTo(2))
                .body("previousVersion", equalTo(1))
                .body("setBy", equalTo("person"));

        // Then it can be asked for what it names and what it named
        when().get("/api/models/moved/aliases/champion").then().body("version", equalTo(2));
        given().queryParam("at", first)
                .get("/api/models/moved/aliases/champion")
                .then()
                .body("version", equalTo(1));
        when().get("/api/models/moved/aliases/champion?at=2020-01-01T00:00:00Z")
                .then()
                .statusCode(404);
        when().get("/api/models/moved/aliases/champion/history").then().body("items.version", contains(2, 1));
        assertThat(probe.awaitCount(AliasSet.class, m -> m.getModel().equals("moved"), 2))
                .extracting(fact -> fact.data().getRevision())
                .containsExactlyInAnyOrder(1L, 2L);
        put("moved", "champion", 3).statusCode(404).body("detail", equalTo("no version 'moved:3'"));
        put("moved", "Champion!", 2).statusCode(400);
    }

    @Test
    void showsTheWholeLineage() {
        // Given a fine-tuned version, its base and the sealed dataset of the base
        probe.publish(
                "news-pretraining:4",
                DatasetVersionSealed.newBuilder()
                        .setVersion(dataset("news-pretraining"))
                        .addInputs(StreamRevision.newBuilder()
                                .setStream("corpus/news")
                                .setRevision(12))
                        .build());
        probe.publish("tuned-0", pretraining("tuned-0", "tuned-base"));
        probe.await(VersionRegistered.class, m -> m.getRunId().equals("tuned-0"));
        probe.publish(
                "tuned-1",
                pretraining("tuned-1", "tuned").toBuilder()
                        .setStage(Stage.STAGE_SFT)
                        .setDataset(dataset("news-sft"))
                        .setBase(
                                ModelVersion.newBuilder().setModel("tuned-base").setVersion(1))
                        .build());
        probe.await(VersionRegistered.class, m -> m.getRunId().equals("tuned-1"));

        // Then the chain leads from it to random weights
        Eventually.get(
                () -> when().get("/api/models/tuned/versions/1/lineage").<List<Object>>path("chain[1].dataset.inputs"),
                inputs -> inputs.size() == 1);
        when().get("/api/models/tuned/versions/1/lineage")
                .then()
                .body("chain.model", contains("tuned", "tuned-base"))
                .body("chain.stage", contains("sft", "pretrain"))
                .body("chain.corpus", contains("news", "news"))
                .body("chain[0].dataset.name", equalTo("news-sft"))
                .body("chain[1].dataset.trainRecords", equalTo(90))
                .body("chain[1].dataset.inputs[0].stream", equalTo("corpus/news"));
        when().get("/api/models/tuned/versions/1").then().body("lineage.base", aMapWithSize(2));

        // When the base is to be deleted
        when().delete("/api/models/tuned-base/versions/1")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("version tuned-base:1 is needed by version tuned:1"));
    }

    @Test
    void deletesWhatNobodyNeedsForGood() throws IOException {
        // Given two versions, one with an alias
        Artifact file = store("runs/gone-1/1-10/model.safetensors", "old weights");
        TrainingFinished first = pretraining("gone-1", "gone").toBuilder()
                .clearCheckpoints()
                .addCheckpoints(checkpoint(10, true, "last").toBuilder().addFiles(file))
                .build();
        probe.publish("gone-1", first);
        probe.publish("gone-2", pretraining("gone-2", "gone"));
        probe.awaitCount(VersionRegistered.class, m -> m.getVersion().getModel().equals("gone"), 2);
        int deleted = when().get("/api/models/gone/versions").path("items.find { it.runId == 'gone-1' }.version");
        int kept = 3 - deleted;
        put("gone", "champion", kept).statusCode(200);
        when().delete("/api/models/gone/versions/" + kept)
                .then()
                .statusCode(409)
                .body("detail", containsString("needed by alias champion"));

        // When the other is deleted, and the end of its run is heard of again
        when().delete("/api/models/gone/versions/" + deleted).then().statusCode(204);
        probe.publish("gone-1", first);
        probe.publish("gone-1", pretraining("gone-3", "gone"));

        // Then it stays deleted, with its file, and its number is not used again
        probe.await(
                VersionRegistered.class,
                m -> m.getRunId().equals("gone-3") && m.getVersion().getVersion() == 3);
        probe.await(VersionDeleted.class, m -> m.getModel().equals("gone") && m.getVersion() == deleted);
        when().get("/api/models/gone/versions").then().body("items.version", contains(3, kept));
        when().get("/api/models/gone/versions/" + deleted).then().statusCode(404);
        assertThat(artifacts.list("runs/gone-1")).isEmpty();
        when().get("/q/openapi?format=json")
                .then()
                .body("paths.'/api/models/{model}/versions'.get.tags", hasItem("Versions"));
    }

    private Artifact store(String key, String content) throws IOException {
        try (ArtifactWriter writer = artifacts.create(key)) {
            writer.write(content.getBytes(StandardCharsets.UTF_8));
            return writer.commit();
        }
    }
}
