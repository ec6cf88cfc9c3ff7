package io.minigpt.corpus;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(BucketServer.class)
class ImportIT {

    private static final Path FOLDER = Path.of("target/import-folder");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Database database;

    @Inject
    ArtifactStore artifacts;

    private final String corpus = "i-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void theRejectsFileSaysWhatIsWrongWithEveryRefusedLine() throws IOException {
        String body = """
                {"text": "太阳是恒星。"}
                {"text": "a", "text": "b"}
                {"text": NaN}

                {"text": "\\ud800"}
                {"text": "c", "text": "d"}
                """;

        String id = given().body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/corpora/{c}/documents", corpus)
                .then()
                .body(
                        "rejections.code",
                        equalTo(List.of("duplicate-key", "not-a-number", "lone-surrogate", "duplicate-key")))
                .extract()
                .path("importId");

        String file = given().get("/api/imports/{id}/rejects", id)
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        List<String> lines = file.lines().toList();
        assertThat(lines).hasSize(4);
        JsonNode first = JSON.readTree(lines.getFirst());
        assertThat(first).isEqualTo(JSON.readTree("""
                {"line": 2, "code": "duplicate-key", "reason": "the key 'text' stands twice",
                 "excerpt": "{\\"text\\": \\"a\\", \\"text\\": \\"b\\"}"}
                """));
        given().get("/api/imports/{id}", id)
                .then()
                .body("state", equalTo("finished"))
                .body("source", equalTo("stream"))
                .body("lines", equalTo(6))
                .body("reasons", equalTo(Map.of("duplicate-key", 2, "not-a-number", 1, "lone-surrogate", 1)));
        given().get("/api/corpora/{c}", corpus)
                .then()
                .body("statistics.characters", equalTo(6))
                .body("statistics.lengths", equalTo(List.of(Map.of("from", 0, "documents", 1))))
                .body("statistics.rejected.'duplicate-key'", equalTo(2));
        given().get("/api/imports/none/rejects").then().statusCode(404);
    }

    @Test
    void aBodyIsKeptAndImportedWhileItsSenderDoesOtherThings() throws IOException {
        ValidatableResponse accepted = given().header("Prefer", "respond-async")
                .contentType("application/octet-stream")
                .body(gzip(lines(0, 700)))
                .post("/api/corpora/{c}/documents", corpus)
                .then();

        accepted.statusCode(202)
                .header("Preference-Applied", equalTo("respond-async"))
                .body("source", equalTo("upload"))
                .body("finishedAt", nullValue());
        JsonPath ended = ended(accepted.extract().path("importId"));
        assertThat(ended.getString("state")).isEqualTo("finished");
        assertThat(ended.getLong("accepted")).isEqualTo(700);
        assertThat(ended.getLong("readBytes")).isEqualTo(ended.getLong("totalBytes"));
        try (EventProbe probe = new EventProbe()) {
            ImportFinished finished = probe.await(
                            ImportFinished.class, event -> event.getCorpus().equals(corpus))
                    .data();
            assertThat(finished.getOutput().getRevision()).isEqualTo(700);
        }
        Eventually.get(this::uploads, List::isEmpty);
    }

    @Test
    void importsAFileOfTheImportFolder() throws IOException {
        write("good.jsonl", lines(0, 10).getBytes(StandardCharsets.UTF_8));

        JsonPath ended = ended(begin("good.jsonl").statusCode(202).extract().path("importId"));

        assertThat(ended.getString("state")).isEqualTo("finished");
        assertThat(ended.getString("source")).isEqualTo("good.jsonl");
        assertThat(ended.getLong("accepted")).isEqualTo(10);
        given().contentType("application/json")
                .body(Map.of("corpus", corpus, "kind", "poems", "file", "good.jsonl"))
                .post("/api/imports")
                .then()
                .statusCode(400)
                .body("detail", containsString("not 'poems'"));
    }

    @Test
    void importsAnObjectOfTheImportBucket() throws IOException {
        BucketServer.OBJECTS.put("2026/good.jsonl.gz", gzip(lines(0, 10)));

        JsonPath ended = ended(
                begin("s3://inbox/2026/good.jsonl.gz").statusCode(202).extract().path("importId"));

        assertThat(ended.getString("state")).isEqualTo("finished");
        assertThat(ended.getString("source")).isEqualTo("s3://inbox/2026/good.jsonl.gz");
        assertThat(ended.getLong("accepted")).isEqualTo(10);
        assertThat(ended.getLong("totalBytes")).isEqualTo(BucketServer.OBJECTS.get("2026/good.jsonl.gz").length);
        begin("s3://inbox/none").statusCode(400).body("detail", containsString("no object 's3://inbox/none'"));
        for (String other : List.of("s3://outbox/2026/good.jsonl.gz", "s3://inbox/", "s3://inbox")) {
            begin(other).statusCode(400).body("detail", containsString("is not in the import bucket, s3://inbox/"));
        }
    }

    @Test
    void noFileOutsideOfTheImportFolderIsRead() throws IOException {
        Path link = FOLDER.resolve("link-" + corpus);
        Files.createDirectories(FOLDER);
        Files.createSymbolicLink(link, Path.of("../../pom.xml"));

        for (String name :
                List.of("../../pom.xml", "/etc/passwd", link.getFileName().toString(), "missing", ".", "a\0b")) {
            begin(name).statusCode(400).body("detail", containsString("is not a file of the import folder"));
        }
    }

    @Test
    void aDamagedFileFailsAndKeepsWhatCameBefore() throws IOException {
        byte[] whole = gzip(lines(0, 5000));
        write("cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));

        JsonPath ended = ended(begin("cut.jsonl.gz").extract().path("importId"));

        assertThat(ended.getString("state")).isEqualTo("failed");
        assertThat(ended.getString("brokenOff")).startsWith("after line ");
        assertThat(ended.getLong("accepted")).isPositive().isLessThan(5000);
    }

    @Test
    void goesOnWhereTheLastStoredBatchEndsWhenAReplicaDies() throws IOException {
        write("resumed.jsonl", lines(0, 10_000).getBytes(StandardCharsets.UTF_8));
        String id = begin("resumed.jsonl").extract().path("importId");
        running(id);

        // the lease of the replica has run out and another has had the job
        database.run(transaction -> transaction.execute(
                "update job set lease = lease + 1, lease_until = clock_timestamp() where id = ?", id));

        JsonPath ended = ended(id);
        assertThat(lease(id)).isEqualTo(3);
        assertThat(ended.getString("state")).isEqualTo("finished");
        assertThat(ended.getLong("accepted")).isEqualTo(10_000);
        assertThat(ended.getLong("duplicates")).isZero();
        assertThat(ended.getLong("lines")).isEqualTo(10_000);
        assertThat(ended.getLong("revision")).isEqualTo(10_000);
    }

    @Test
    void cancellingKeepsWhatIsStored() throws IOException {
        write("cancelled.jsonl", lines(0, 60_000).getBytes(StandardCharsets.UTF_8));
        String id = begin("cancelled.jsonl").extract().path("importId");
        running(id);

        given().post("/api/imports/{id}/cancel", id).then().statusCode(200);

        JsonPath ended = ended(id);
        assertThat(ended.getString("state")).isEqualTo("cancelled");
        assertThat(ended.getString("brokenOff")).isEqualTo("cancelled by request");
        assertThat(ended.getLong("accepted")).isLessThan(60_000).isEqualTo(ended.getLong("revision"));
    }

    @Test
    void anImportByStreamThatNobodySendsAnyMoreIsClosed() {
        String id = given().body("{\"text\": \"一\"}")
                .post("/api/corpora/{c}/documents", corpus)
                .path("importId");
        database.run(transaction -> transaction.execute(
                "update import set state = 'running', finished_at = null, updated_at = '2020-01-01' where id = ?", id));
        given().post("/api/imports/{id}/cancel", id).then().statusCode(409);

        given().body("{\"text\": \"二\"}")
                .post("/api/corpora/{c}/documents", corpus)
                .then()
                .statusCode(200);

        given().get("/api/imports/{id}", id)
                .then()
                .body("state", equalTo("failed"))
                .body("brokenOff", equalTo("after line 1: no progress"));
    }

    @Test
    void theSamplesAreTakenAsTheyAre() throws IOException {
        Path samples = Path.of("../../config/samples");

        ValidatableResponse documents = given().body(Files.readAllBytes(samples.resolve("documents.jsonl")))
                .post("/api/corpora/{c}/documents", corpus)
                .then();
        ValidatableResponse questions = given().body(Files.readAllBytes(samples.resolve("questions.jsonl")))
                .post("/api/corpora/{c}/questions", corpus)
                .then();

        documents.body("accepted", equalTo(150)).body("rejected", equalTo(0)).body("duplicates", equalTo(0));
        questions.body("accepted", equalTo(69)).body("rejected", equalTo(0)).body("duplicates", equalTo(0));
    }

    private static void running(String id) {
        Eventually.get(() -> given().get("/api/imports/{id}", id).jsonPath(), found -> found.getLong("lines") > 0);
    }

    private long lease(String id) {
        return database.read(transaction -> transaction
                .createQuery("select lease from job where id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
    }

    private ValidatableResponse begin(String file) {
        return given().contentType("application/json")
                .body(Map.of("corpus", corpus, "file", file))
                .post("/api/imports")
                .then();
    }

    private static JsonPath ended(String id) {
        return Eventually.get(
                () -> given().get("/api/imports/{id}", id).jsonPath(), found -> found.get("finishedAt") != null);
    }

    private List<String> uploads() {
        try {
            return artifacts.list("imports");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(String name, byte[] content) throws IOException {
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name), content);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\": " + i + ", \"text\": \"文本" + i + "。\"}\n")
                .collect(Collectors.joining());
    }
}
