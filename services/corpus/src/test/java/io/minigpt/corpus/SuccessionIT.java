package io.minigpt.corpus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of documents and their duplicates when one of them changes or goes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SuccessionIT extends CorpusStage {

    @Test
    void aNewTextSupersedesTheOld() {
        documents("{\"id\": \"a\", \"text\": \"旧\"}\n{\"id\": \"b\", \"text\": \"别的\"}");

        ValidatableResponse update = documents("{\"id\": \"a\", \"text\": \"新\"}\n{\"id\": \"a\", \"text\": \"更新\"}");

        update.body("accepted", equalTo(2)).body("revision", equalTo(4));
        List<DocumentImported> published = imported(4);
        DocumentImported last = published.stream()
                .filter(d -> d.getPosition().getRevision() == 4)
                .findFirst()
                .orElseThrow();
        assertThat(last.getText()).isEqualTo("更新");
        assertThat(last.getSequence()).isEqualTo(1);
        assertThat(last.getPosition().getSupersededList()).containsExactly(1L, 3L);
    }

    @Test
    void retractionAdmitsTheNextOfTheDuplicates() {
        documents("""
                {"id": "a", "text": "同"}
                {"id": "b", "text": "同"}
                {"id": "c", "text": " 同 "}
                """).body("accepted", equalTo(1)).body("duplicates", equalTo(2));
        String a = id("a");
        String b = id("b");
        given().get("/api/corpora/{c}/documents/{id}", corpus, b)
                .then()
                .body("state", equalTo("duplicate"))
                .body("duplicateOf", equalTo(a));

        ValidatableResponse retraction =
                given().delete("/api/corpora/{c}/documents/{id}", corpus, a).then();

        retraction.statusCode(200).body("readmitted", equalTo(b)).body("revision", equalTo(3));
        DocumentRetracted retracted = probe.await(
                        DocumentRetracted.class, event -> event.getCorpus().equals(corpus))
                .data();
        assertThat(retracted.getDocumentId()).isEqualTo(a);
        assertThat(retracted.getPosition().getRevision()).isEqualTo(2);
        assertThat(retracted.getPosition().getSupersededList()).containsExactly(1L);
        assertThat(named(imported(2), "b").getPosition().getRevision()).isEqualTo(3);
        given().get("/api/corpora/{c}", corpus)
                .then()
                .body("documents", equalTo(1))
                .body("duplicates", equalTo(1))
                .body("retracted", equalTo(1));
        given().delete("/api/corpora/{c}/documents/{id}", corpus, a)
                .then()
                .body("readmitted", nullValue())
                .body("revision", equalTo(3));
    }

    @Test
    void changingTheFirstOfDuplicatesAdmitsTheNext() {
        documents(
                "{\"id\": \"a\", \"text\": \"同\"}\n{\"id\": \"b\", \"text\": \"同\"}\n{\"id\": \"c\", \"text\": \"丙\"}");

        ValidatableResponse update = documents("{\"id\": \"a\", \"text\": \"丙\"}");

        update.body("accepted", equalTo(0)).body("duplicates", equalTo(1)).body("revision", equalTo(4));
        assertThat(named(imported(3), "b").getPosition().getRevision()).isEqualTo(4);
        DocumentRetracted retracted = probe.await(
                        DocumentRetracted.class, event -> event.getCorpus().equals(corpus))
                .data();
        assertThat(retracted.getDocumentId()).isEqualTo(id("a"));
        assertThat(retracted.getPosition().getRevision()).isEqualTo(3);
    }
}
