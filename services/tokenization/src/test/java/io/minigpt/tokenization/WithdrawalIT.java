package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.KeptText;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionWithdrawn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class WithdrawalIT extends FreezeStage {

    @Inject
    Database database;

    @Inject
    ArtifactStore artifacts;

    @Test
    void anErasedDocumentIsGoneFromEverywhereAndItsModelsAreKnown() {
        int secret = trainedDocument();
        facts.document(secret, "v1", "秘密的文章，谁也不该再读到。");
        facts.document(secret + 1, "v1", "公开的文章。");
        facts.pair(secret, "v1", 0, "什么是秘密的？", "这篇文章。");
        facts.pair(secret + 1, "v1", 0, "什么是公开的？", "那篇文章。");
        facts.question(1, "什么是文章？", "文字。");
        DatasetVersion pairs = freezing.pairs();
        DatasetVersion texts = freezing.texts();
        trained("base", 1, texts.getName(), "", 0);
        trained("chat", 1, pairs.getName(), "base", 1);
        trained("other", 1, "unknown", "", 0);
        assertThat(files(pairs)).hasSize(pairs.getFilesCount());

        facts.eraseDocument(secret);

        Eventually.get(() -> KeptText.tables(database, "秘密"), List::isEmpty);
        for (DatasetVersion version : List.of(pairs, texts)) {
            probe.await(
                    DatasetVersionWithdrawn.class,
                    withdrawn -> withdrawn.getIdentity().equals(version.getIdentity()));
            Eventually.get(() -> files(version), List::isEmpty);
            String path = "/api/datasets/" + version.getName() + "/versions/1";
            given().get(path)
                    .then()
                    .statusCode(200)
                    .body("withdrawn.at", notNullValue())
                    .body("withdrawn.reason", containsString(facts.documentId(secret)));
            given().get(path + "/files/train.bin")
                    .then()
                    .statusCode(409)
                    .body("detail", containsString("has no files any more since"));
            given().post(path + "/rebuild").then().statusCode(409);
        }
        awaitModels(facts.documentId(secret), "base", "chat");
        given().get("/api/datasets/records/" + facts.documentId(secret) + "/models")
                .then()
                .body("items.collect { it.model + it.direct }", contains("basetrue", "chattrue"));
        // a pair that was on its way
        facts.pair(secret, "v1", 1, "秘密是什么？", "没人知道。");
        DatasetVersion next = freezing.pairs();
        assertThat(next.getVersion()).isEqualTo(2);
        assertThat(next.getParentVersion()).isEqualTo(1);
        assertThat(KeptText.tables(database, "秘密")).isEmpty();
        given().get("/api/datasets/" + corpus + "/versions/2").then().body("withdrawn", nullValue());
    }

    @Test
    void aModelOfAModelThatLearnedItLearnedItToo() {
        int read = trainedDocument();
        facts.document(read, "v1", "一篇文章。");
        facts.question(1, "问？", "答。");
        DatasetVersion texts = freezing.texts();
        trained("root", 1, texts.getName(), "", 0);
        trained("leaf", 4, "elsewhere", "root", 1);

        awaitModels(facts.documentId(read), "leaf", "root");
        given().get("/api/datasets/records/" + facts.documentId(read) + "/models")
                .then()
                .body("items.direct", contains(false, true))
                .body("items[0].dataset", equalTo("elsewhere"));
    }

    @Test
    void aVersionGoesOnlyWhenNoModelNeedsIt() {
        facts.question(1, "一加一？", "二。");
        DatasetVersion first = freezing.pairs();
        facts.question(2, "二加二？", "四。");
        DatasetVersion second = freezing.pairs();
        trained("adder", 3, corpus, 2);
        String versions = "/api/datasets/" + corpus + "/versions/";
        awaitModels(facts.questionId(2), "adder");

        given().delete(versions + 2)
                .then()
                .statusCode(409)
                .body("detail", containsString("is kept for the models trained on it: adder:3"));
        given().delete(versions + "1?reason=no longer needed")
                .then()
                .statusCode(200)
                .body("withdrawn.reason", equalTo("no longer needed"));

        Eventually.get(() -> files(first), List::isEmpty);
        assertThat(files(second)).hasSize(second.getFilesCount());
        given().delete(versions + 1).then().statusCode(200).body("withdrawn.reason", equalTo("no longer needed"));
        given().delete(versions + 9).then().statusCode(404);
    }

    @Test
    void whatWasDeletedCanBeFrozenAgain() {
        facts.question(1, "一加一？", "二。");
        DatasetVersion first = freezing.pairs();
        given().delete("/api/datasets/" + corpus + "/versions/1").then().statusCode(200);
        Eventually.get(() -> files(first), List::isEmpty);

        DatasetVersion again = freezing.pairs();

        assertThat(again.getVersion()).isEqualTo(2);
        assertThat(again.getIdentity()).isEqualTo(first.getIdentity());
        assertThat(files(again)).hasSize(again.getFilesCount());
        given().get("/api/datasets/" + corpus + "/versions")
                .then()
                .body("items", hasSize(2))
                .body("items[0].withdrawn", nullValue());
    }

    /** Number of the first document that is trained on. */
    private int trainedDocument() {
        return IntStream.iterate(1, number -> number + 1)
                .filter(number -> SplitRule.STANDARD.ofPairs(facts.documentId(number)) == Split.TRAIN)
                .findFirst()
                .orElseThrow();
    }

    private void awaitModels(String record, String... models) {
        Eventually.get(
                () -> given().get("/api/datasets/records/" + record + "/models")
                        .jsonPath()
                        .getList("items.model"),
                List.of(models)::equals);
    }

    private void trained(String model, int version, String dataset, int datasetVersion) {
        facts.model(model, version, dataset, datasetVersion, "", 0);
    }

    private void trained(String model, int version, String dataset, String base, int baseVersion) {
        facts.model(model, version, dataset, 1, base, baseVersion);
    }

    private List<String> files(DatasetVersion version) {
        String key = version.getFiles(0).getKey();
        try {
            return artifacts.list(key.substring(0, key.lastIndexOf('/')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
