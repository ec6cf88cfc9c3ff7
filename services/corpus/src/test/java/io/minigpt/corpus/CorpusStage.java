package io.minigpt.corpus;

import static io.restassured.RestAssured.given;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A corpus of its own for a test, what is sent to it, and what is published about it. */
abstract class CorpusStage {

    final String corpus = "c-" + UUID.randomUUID().toString().substring(0, 8);
    EventProbe probe;

    @BeforeEach
    void open() {
        probe = new EventProbe();
    }

    @AfterEach
    void close() {
        probe.close();
    }

    ValidatableResponse documents(String body) {
        return post("documents", body);
    }

    ValidatableResponse post(String kind, String body) {
        return given().contentType("application/x-ndjson; charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/corpora/{c}/" + kind, corpus)
                .then();
    }

    String id(String externalId) {
        return Document.id(new CorpusName(corpus), externalId);
    }

    List<DocumentImported> imported(int count) {
        return probe
                .awaitCount(DocumentImported.class, event -> event.getCorpus().equals(corpus), count)
                .stream()
                .map(Event::data)
                .toList();
    }

    static DocumentImported named(List<DocumentImported> documents, String externalId) {
        return documents.stream()
                .filter(document -> document.getExternalId().equals(externalId))
                .findFirst()
                .orElseThrow();
    }
}
