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
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.minigpt.proto.corpus.v1.QuestionImported;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CorpusIT extends CorpusStage {

    @Inject
    ArtifactStore artifacts;

    @TestHTTPResource
    URI address;

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
    void tokensAreCountedAfterTheImport() {
        documents("{\"id\": \"a\", \"text\": \"hello world\"}\n{\"id\": \"b\", \"text\": \"hello\"}");
        assertThat(tokens()).isEqualTo(3);

        documents("{\"id\": \"b\", \"text\": \"hello hello hello\"}");
        given().delete("/api/corpora/{c}/documents/{id}", corpus, id("a"))
                .then()
                .statusCode(200);

        assertThat(tokens()).isEqualTo(3);
        given().get("/api/corpora/{c}", corpus)
                .then()
                .body("documents", equalTo(1))
                .body("statistics.characters", equalTo(17));
        given().get("/api/corpora?limit=1000")
                .then()
                .body("items.find { it.name == '" + corpus + "' }.documents", equalTo(1))
                .body("items.find { it.name == '" + corpus + "' }.retracted", equalTo(1));
    }

    @Test
    void answersProblemsForWhatIsNotThere() {
        given().get("/api/corpora/none").then().statusCode(404).body("detail", equalTo("no corpus 'none'"));
        given().get("/api/corpora/none/documents").then().statusCode(404);
        given().delete("/api/corpora/none/documents/x").then().statusCode(404);
        given().body("{}").post("/api/corpora/No/documents").then().statusCode(400);
        given().get("/api/corpora?limit=0").then().statusCode(400);
    }

    private int tokens() {
        return Eventually.get(
                        () -> given().get("/api/corpora/{c}", corpus).jsonPath(),
                        found -> found.getInt("statistics.uncounted") == 0)
                .getInt("statistics.tokens");
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

    private ValidatableResponse encoded(String encoding, byte[] body) {
        return given().contentType("application/octet-stream")
                .header("Content-Encoding", encoding)
                .body(body)
                .post("/api/corpora/{c}/documents", corpus)
                .then();
    }

    private List<ImportFinished> finished() {
        return finished(1);
    }

    private List<ImportFinished> finished(int count) {
        return probe.awaitCount(ImportFinished.class, event -> event.getCorpus().equals(corpus), count).stream()
                .map(Event::data)
                .toList();
    }
}
