package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactsConfig;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.event.v1.Artifact;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a freeze's way is its reason; when it is gone, the next attempt gives the whole version. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FreezeFailureIT extends FreezeStage {

    @Inject
    ArtifactStore artifacts;

    @Inject
    ArtifactsConfig config;

    @Inject
    Database database;

    @TempDir
    Path folder;

    @Test
    void aVanishedTextStopsItUntilItIsBack() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "一篇很长的文章。");
        Artifact artifact = artifacts.put("texts/" + corpus, text);
        artifacts.delete(artifact.getKey());
        facts.document(1, "v1", "你好");
        facts.documentInFile(2, "v1", artifact);

        String run = freeze();

        assertThat(reasonOfFirstFailure(run))
                .startsWith("text of document " + facts.documentId(2))
                .endsWith("the artifact is not in the store");
        nothingIsVisible();
        artifacts.put(artifact.getKey(), text);
        succeeds(run);
    }

    @Test
    void aStoreThatCannotBeWrittenStopsItUntilItCan() throws IOException {
        facts.document(1, "v1", "你好");
        // nobody, not even root, can make a folder below a file
        Path inTheWay = config.root().resolve("datasets").resolve(corpus);
        Files.createDirectories(inTheWay.getParent());
        Files.createFile(inTheWay);

        String run = freeze();

        assertThat(reasonOfFirstFailure(run)).contains("Not a directory", corpus);
        nothingIsVisible();
        Files.delete(inTheWay);
        succeeds(run);
    }

    private String freeze() {
        return given().contentType("application/json")
                .body(
                        "{\"kind\": \"pretraining\", \"corpus\": \"%s\", \"inputs\": [{\"stream\": \"corpus/%s\", \"revision\": %d}]}"
                                .formatted(
                                        corpus,
                                        corpus,
                                        facts.inputs().getFirst().getRevision()))
                .post("/api/datasets/" + corpus + "/versions")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private String reasonOfFirstFailure(String run) {
        return Eventually.get(
                () -> database.read(transaction -> transaction
                        .createQuery("select coalesce(reason, '') from job where id = :id and failures > 0")
                        .bind("id", run)
                        .mapTo(String.class)
                        .findOne()
                        .orElse("")),
                reason -> !reason.isEmpty());
    }

    private void nothingIsVisible() {
        given().get("/api/datasets/" + corpus + "/versions").then().statusCode(404);
        given().get("/api/datasets/records/" + facts.documentId(1) + "/versions")
                .then()
                .body("items", empty());
    }

    private void succeeds(String run) {
        FreezeFinished finished = probe.await(
                        FreezeFinished.class, event -> event.getRunId().equals(run))
                .data();
        assertThat(finished.getReason()).isEmpty();
        assertThat(finished.getVersion().getVersion()).isEqualTo(1);
        given().get("/api/datasets/records/" + facts.documentId(1) + "/versions")
                .then()
                .body("items", hasSize(1));
    }
}
