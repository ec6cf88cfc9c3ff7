package io.minigpt.corpus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.Timestamp;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.inference.v1.AnswerFlagged;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CorpusIT {

    @Inject
    ArtifactStore artifacts;

    @TestHTTPResource
    URI address;

    private final String corpus = "c-" + UUID.randomUUID().toString().substring(0, 8);
    private EventProbe probe;

    @BeforeEach
    void open() {
        probe = new EventProbe();
    }

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void importsWhatIsGoodAndReportsTheRest() {
        ValidatableResponse answer = documents("""
                {"id": "a", "title": "太阳", "text": "太阳是恒星。"}
                not json
                {"title": "no text"}

                {"id": "b", "text": "月球是卫星。"}
                """);

        answer.statusCode(200)
                .body("corpus", equalTo(corpus))
                .body("kind", equalTo("documents"))
                .body("accepted", equalTo(2))
                .body("duplicates", equalTo(0))
                .body("skipped", equalTo(1))
                .body("rejected", equalTo(2))
                .body("revision", equalTo(2))
                .body("rejections.line", contains(2, 3))
                .body("rejections[1].reason", equalTo("'text' is missing"))
                .body("rejectionsTruncated", equalTo(false));
        List<DocumentImported> published = imported(2);
        assertThat(published).extracting(d -> d.getPosition().getRevision()).containsExactlyInAnyOrder(1L, 2L);
        DocumentImported sun = named(published, "a");
        assertThat(sun.getDocumentId()).isEqualTo(Document.id(new CorpusName(corpus), "a"));
        assertThat(sun.getSequence()).isEqualTo(1);
        assertThat(sun.getText()).isEqualTo("太阳是恒星。");
        assertThat(sun.getTitle()).isEqualTo("太阳");
        assertThat(sun.getCharacters()).isEqualTo(6);
        ImportFinished finished = finished().getFirst();
        assertThat(finished.getOutput().getRevision()).isEqualTo(2);
        assertThat(finished.getDocuments()).isEqualTo(2);
        assertThat(finished.getRejected()).isEqualTo(2);
    }

    @Test
    void importingTheSameAgainPublishesNothing() {
        String body = "{\"id\": \"a\", \"text\": \"一\"}\n{\"text\": \"二\"}\n";
        documents(body).body("accepted", equalTo(2));

        ValidatableResponse again = documents(body);

        again.body("accepted", equalTo(0)).body("duplicates", equalTo(2)).body("revision", equalTo(2));
        finished(2);
        assertThat(imported(2)).hasSize(2);
    }

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

    @Test
    void numbersAreWithoutGapsWhenTwoImportsGoOnAtOnce() throws InterruptedException {
        Thread other = Thread.startVirtualThread(() -> documents(lines(0, 450)));
        documents(lines(300, 750)).statusCode(200);
        other.join();

        List<DocumentImported> published = imported(750);

        assertThat(published.stream().map(d -> d.getPosition().getRevision()).sorted())
                .isEqualTo(LongStream.rangeClosed(1, 750).boxed().toList());
        assertThat(published.stream().map(DocumentImported::getSequence).sorted())
                .isEqualTo(LongStream.rangeClosed(1, 750).boxed().toList());
    }

    @Test
    void takesGzipAndZstd() throws IOException {
        byte[] gzip = compressed("{\"id\": \"g\", \"text\": \"压缩\"}", Compression.GZIP);
        byte[] zstd = compressed("{\"id\": \"z\", \"text\": \"也压缩\"}", Compression.ZSTD);

        encoded("gzip", gzip).statusCode(200).body("accepted", equalTo(1));
        encoded("zstd", zstd).statusCode(200).body("accepted", equalTo(1));

        assertThat(imported(2)).extracting(DocumentImported::getText).containsExactlyInAnyOrder("压缩", "也压缩");
        encoded("br", gzip).statusCode(415).body("detail", containsString("'br'"));
        encoded("gzip", "not gzip".getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("detail", containsString("broke off"));
    }

    @Test
    void aLongTextTravelsAsAFile() throws IOException {
        String text = "长".repeat(100_000);

        documents("{\"id\": \"long\", \"text\": \"" + text + "\"}").body("accepted", equalTo(1));

        DocumentImported published = imported(1).getFirst();
        assertThat(published.getText()).isEmpty();
        assertThat(published.getCharacters()).isEqualTo(100_000);
        assertThat(artifacts.open(published.getTextFile()).readAllBytes())
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aClientThatGoesAwayKeepsWhatItSent() throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/corpora/" + corpus + "/documents HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Length: 100000000\r\n\r\n" + lines(0, 1000))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            Eventually.get(
                    () -> given().get("/api/corpora/{c}", corpus).<Integer>path("documents"),
                    documents -> documents != null && documents >= 200);
        }

        ImportFinished finished = finished(1).getFirst();

        assertThat(finished.getAccepted()).isBetween(200L, 1000L);
        assertThat(finished.getOutput().getRevision()).isEqualTo(finished.getAccepted());
        given().get("/api/imports?corpus=" + corpus)
                .then()
                .body("items", hasSize(1))
                .body("items[0].brokenOff", startsWith("after line "));
        documents(lines(0, 1000)).body("revision", equalTo(1000));
    }

    @Test
    void importsQuestions() {
        String body = """
                {"id": "q1", "question": "太阳是什么？", "answer": "恒星。", "documentId": "sun"}
                {"question": "月球是什么？", "answer": "卫星。"}
                {"question": "没有答案？"}
                """;

        ValidatableResponse answer = post("questions", body);

        answer.body("accepted", equalTo(2)).body("rejected", equalTo(1)).body("revision", equalTo(2));
        List<QuestionImported> published =
                probe
                        .awaitCount(
                                QuestionImported.class,
                                event -> event.getCorpus().equals(corpus),
                                2)
                        .stream()
                        .map(Event::data)
                        .toList();
        QuestionImported first = published.stream()
                .filter(q -> q.getExternalId().equals("q1"))
                .findFirst()
                .orElseThrow();
        assertThat(first.getDocumentId()).isEqualTo(id("sun"));
        assertThat(first.getSequence()).isEqualTo(1);
        assertThat(first.getAnswer()).isEqualTo("恒星。");
        post("questions", body).body("accepted", equalTo(0)).body("duplicates", equalTo(2));
        given().get("/api/corpora/{c}/questions?externalId=q1", corpus)
                .then()
                .body("items", hasSize(1))
                .body("items[0].question", equalTo("太阳是什么？"));
    }

    @Test
    void listsPageByPage() {
        documents(lines(0, 5));

        String next = given().get("/api/corpora/{c}/documents?limit=3", corpus)
                .then()
                .statusCode(200)
                .body("items.externalId", contains("0", "1", "2"))
                .extract()
                .path("next");

        given().get("/api/corpora/{c}/documents?limit=3&cursor={n}", corpus, next)
                .then()
                .body("items.externalId", contains("3", "4"))
                .body("next", nullValue());
        given().get("/api/corpora/{c}/documents/{id}", corpus, id("4"))
                .then()
                .body("text", equalTo("文本4。"))
                .body("original", equalTo("文本4。"))
                .body("metadata.n", equalTo(4));
    }

    @Test
    void answersProblemsForWhatIsNotThere() {
        given().get("/api/corpora/none").then().statusCode(404).body("detail", equalTo("no corpus 'none'"));
        given().get("/api/corpora/none/documents").then().statusCode(404);
        given().delete("/api/corpora/none/documents/x").then().statusCode(404);
        given().body("{}").post("/api/corpora/No/documents").then().statusCode(400);
        given().get("/api/corpora?limit=0").then().statusCode(400);
    }

    @Test
    void keepsFlaggedAnswers() {
        String flagId = UUID.randomUUID().toString();
        AnswerFlagged flag = AnswerFlagged.newBuilder()
                .setFlagId(flagId)
                .setModel("samples")
                .setVersion(3)
                .setPrompt("太阳是什么？")
                .setAnswer("行星。")
                .setTemperature(0.5)
                .setReason("错了")
                .setFlaggedAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
                .build();
        Event<AnswerFlagged> event = probe.publish("samples", flag);
        probe.publish(event);

        Eventually.get(
                () -> given().get("/api/corrections").jsonPath().getList("items.flagId"), ids -> ids.contains(flagId));

        given().get("/api/corrections/{f}", flagId)
                .then()
                .body("answer", equalTo("行星。"))
                .body("flaggedAt", equalTo("2023-11-14T22:13:20Z"));
    }

    @Test
    void aCorrectedAnswerBecomesAQuestionOfACorpusOnce() {
        String accepted = flagged("月亮是什么？");
        String refused = flagged("今天星期几？");
        String body = "{\"corpus\": \"" + corpus + "\", \"answer\": \"地球的卫星。\"}";

        decide(accepted, "accept", body)
                .statusCode(200)
                .body("state", equalTo("accepted"))
                .body("question", equalTo("月亮是什么？"))
                .body("correct", equalTo("地球的卫星。"));
        decide(refused, "refuse", "{}").statusCode(200).body("state", equalTo("refused"));

        QuestionImported question = probe.await(
                        QuestionImported.class, imported -> imported.getCorpus().equals(corpus))
                .data();
        assertThat(question.getQuestion()).isEqualTo("月亮是什么？");
        assertThat(question.getAnswer()).isEqualTo("地球的卫星。");
        // the same again changes nothing, something else is a conflict
        decide(accepted, "accept", body).statusCode(200);
        assertThat(given().get("/api/corpora/{c}/questions", corpus).jsonPath().getList("items"))
                .hasSize(1);
        decide(accepted, "refuse", "{}").statusCode(409);
        decide(refused, "accept", body).statusCode(409);
        assertThat(given().get("/api/corrections?state=refused").jsonPath().getList("items.flagId"))
                .contains(refused)
                .doesNotContain(accepted);
    }

    @Test
    void whatIsNoPairIsNotAccepted() {
        String flag = flagged("谁？");

        decide(flag, "accept", "{\"corpus\": \"" + corpus + "\", \"answer\": \" \"}")
                .statusCode(400);
        decide(flag, "accept", "{\"corpus\": \"" + corpus + "\"}").statusCode(400);
        decide("nobody", "refuse", "{}").statusCode(404);
        given().get("/api/corrections/{f}", flag).then().body("state", equalTo("open"));
    }

    private String flagged(String prompt) {
        String flagId = UUID.randomUUID().toString();
        probe.publish(
                "samples",
                AnswerFlagged.newBuilder()
                        .setFlagId(flagId)
                        .setModel("samples")
                        .setVersion(3)
                        .setPrompt(prompt)
                        .setAnswer("不知道。")
                        .build());
        Eventually.get(() -> given().get("/api/corrections/{f}", flagId).statusCode(), status -> status == 200);
        return flagId;
    }

    private ValidatableResponse decide(String flagId, String decision, String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/corrections/{f}/" + decision, flagId)
                .then();
    }

    private enum Compression {
        GZIP,
        ZSTD
    }

    private static byte[] compressed(String text, Compression compression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (compression) {
                    case GZIP -> new GZIPOutputStream(bytes);
                    case ZSTD -> new ZstdOutputStream(bytes);
                }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\": \"" + i + "\", \"text\": \"文本" + i + "。\", \"n\": " + i + "}\n")
                .collect(Collectors.joining());
    }

    private ValidatableResponse documents(String body) {
        return post("documents", body);
    }

    private ValidatableResponse post(String kind, String body) {
        return given().contentType("application/x-ndjson; charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/corpora/{c}/" + kind, corpus)
                .then();
    }

    private ValidatableResponse encoded(String encoding, byte[] body) {
        return given().contentType("application/octet-stream")
                .header("Content-Encoding", encoding)
                .body(body)
                .post("/api/corpora/{c}/documents", corpus)
                .then();
    }

    private String id(String externalId) {
        return Document.id(new CorpusName(corpus), externalId);
    }

    private List<DocumentImported> imported(int count) {
        return probe
                .awaitCount(DocumentImported.class, event -> event.getCorpus().equals(corpus), count)
                .stream()
                .map(Event::data)
                .toList();
    }

    private List<ImportFinished> finished() {
        return finished(1);
    }

    private List<ImportFinished> finished(int count) {
        return probe.awaitCount(ImportFinished.class, event -> event.getCorpus().equals(corpus), count).stream()
                .map(Event::data)
                .toList();
    }

    private static DocumentImported named(List<DocumentImported> documents, String externalId) {
        return documents.stream()
                .filter(document -> document.getExternalId().equals(externalId))
                .findFirst()
                .orElseThrow();
    }
}
