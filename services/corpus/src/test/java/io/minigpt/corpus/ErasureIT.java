package io.minigpt.corpus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.corpus.v1.QuestionRetracted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ErasureIT {

    /** In UTF-8 more than an event takes. */
    private static final String LONG = "长".repeat(100_000);

    @Inject
    ArtifactStore artifacts;

    private final CorpusName corpus =
            new CorpusName("e-" + UUID.randomUUID().toString().substring(0, 8));
    private final EventProbe probe = new EventProbe();

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void anErasedDocumentKeepsOnlyItsId() throws IOException {
        take("documents", "{\"id\": \"a\", \"title\": \"题\", \"url\": \"u\", \"n\": 1, \"text\": \"" + LONG + "\"}");
        String id = Document.id(corpus, "a");
        assertThat(files(id)).hasSize(1);

        delete("documents", id, "erase=true&reason=asked to").statusCode(200).body("revision", equalTo(2));

        given().get("/api/corpora/{c}/documents/{id}", corpus.value(), id)
                .then()
                .statusCode(200)
                .body("state", equalTo("retracted"))
                .body("externalId", equalTo("a"))
                .body("title", equalTo(""))
                .body("url", equalTo(""))
                .body("text", equalTo(""))
                .body("original", equalTo(""))
                .body("metadata", anEmptyMap());
        DocumentRetracted fact = probe.await(
                        DocumentRetracted.class,
                        retracted -> retracted.getDocumentId().equals(id))
                .data();
        assertThat(fact.getErased()).isTrue();
        assertThat(fact.getReason()).isEqualTo("asked to");
        Eventually.get(() -> files(id), List::isEmpty);
    }

    @Test
    void whatIsRetractedCanStillBeErased() {
        take("questions", "{\"id\": \"q\", \"question\": \"问？\", \"answer\": \"答。\"}");
        String id = Question.id(corpus, "q");
        delete("questions", id, "reason=wrong").statusCode(200).body("revision", equalTo(2));

        delete("questions", id, "erase=true").statusCode(200).body("revision", equalTo(3));

        given().get("/api/corpora/{c}/questions/{id}", corpus.value(), id)
                .then()
                .body("question", equalTo(""))
                .body("answer", equalTo(""));
        List<Boolean> erased =
                probe
                        .awaitCount(
                                QuestionRetracted.class,
                                retracted -> retracted.getQuestionId().equals(id),
                                2)
                        .stream()
                        .map(event -> event.data().getErased())
                        .toList();
        assertThat(erased).containsExactly(false, true);
    }

    @Test
    void importingItAgainBringsItBack() {
        take("documents", "{\"id\": \"a\", \"text\": \"同一篇。\"}");
        String id = Document.id(corpus, "a");
        delete("documents", id, "erase=true").statusCode(200);

        take("documents", "{\"id\": \"a\", \"text\": \"同一篇。\"}");

        given().get("/api/corpora/{c}/documents/{id}", corpus.value(), id)
                .then()
                .body("state", equalTo("active"))
                .body("text", equalTo("同一篇。"));
    }

    private List<String> files(String documentId) {
        try {
            return artifacts.list("corpora/" + corpus + "/" + documentId);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void take(String kind, String line) {
        given().contentType("application/x-ndjson; charset=utf-8")
                .body(line.getBytes(StandardCharsets.UTF_8))
                .post("/api/corpora/{c}/" + kind, corpus.value())
                .then()
                .body("accepted", equalTo(1));
    }

    private ValidatableResponse delete(String kind, String id, String query) {
        return given().delete("/api/corpora/{c}/" + kind + "/{id}?" + query, corpus.value(), id)
                .then();
    }
}
