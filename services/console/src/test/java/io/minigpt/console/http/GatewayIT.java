package io.minigpt.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ScriptedServices.class)
class GatewayIT {

    private static final int PART = 1 << 20;
    private static final int PARTS = 48;

    @TestHTTPResource("/")
    URI console;

    ScriptedServices services;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void forget() {
        services.asked.clear();
        services.abandoned.clear();
        services.patient = false;
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void anUploadReachesTheServiceWhileItIsStillBeingSent() throws Exception {
        // Given an upload of which one part is sent
        MessageDigest digest = ScriptedServices.sha256();
        byte[] part = "一".repeat(PART / 3).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(console.getHost(), console.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/corpora/large/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                            + "Content-Length: " + (long) part.length * PARTS + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(part);
            digest.update(part);
            out.flush();
            awaitReceived(part.length);

            // When the rest follows
            for (int i = 1; i < PARTS; i++) {
                out.write(part);
                digest.update(part);
            }
            out.flush();

            // Then the service has all of it, unchanged
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            JsonObject body = new JsonObject(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
            assertThat(body.getLong("bytes")).isEqualTo((long) part.length * PARTS);
            assertThat(body.getString("sha256")).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        }
    }

    @Test
    void anUploadThatBreaksOffBreaksOffAtTheServiceToo() throws Exception {
        byte[] part = new byte[PART];
        try (Socket socket = new Socket(console.getHost(), console.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/corpora/large/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                            + 2L * part.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(part);
            out.flush();
            awaitReceived(part.length);
        }

        assertThat(services.abandoned.poll(10, TimeUnit.SECONDS)).isEqualTo("/api/corpora/large/documents");
    }

    @Test
    void streamedPiecesArriveOneByOne() throws Exception {
        // Given a service that has sent the first piece of its answer and waits
        services.patient = true;
        HttpResponse<InputStream> response =
                client.send(post("/v1/chat/completions", "{\"stream\":true}").build(), BodyHandlers.ofInputStream());
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));

        // When the caller reads it, and the service goes on only then
        String first = lines.readLine();
        services.goOn();
        String rest = lines.lines().reduce("", String::concat);

        // Then both halves are there
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(first).contains(ScriptedServices.PIECES.getFirst());
        assertThat(rest).contains("北方 🏯").endsWith("data: [DONE]");
    }

    @Test
    void aCallerThatGoesAwayEndsTheRequestToTheService() throws Exception {
        HttpResponse<InputStream> response =
                client.send(post("/v1/completions", "{}").build(), BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isEqualTo('d');

        response.body().close();

        assertThat(services.abandoned.poll(10, TimeUnit.SECONDS)).isEqualTo("/v1/completions");
    }

    @Test
    void aServiceThatDoesNotAnswerIsNamed() throws Exception {
        HttpResponse<String> response = client.send(
                post("/api/augmentation/runs", "{\"corpus\":\"samples\"}").build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(response.body()).getString("detail")).contains("augmentation");
    }

    @Test
    void anUnknownPathIsAProblem() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(console.resolve("/api/nothing")).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(response.body()).getString("detail")).contains("/api/nothing");
    }

    @Test
    void theServiceLearnsWhoAskedAndNotWhatTheCallerClaims() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(console.resolve("/api/corpora?cursor=a%20b&x=%E4%B8%80"))
                        .header("X-Forwarded-For", "203.0.113.9")
                        .header("Forwarded", "for=203.0.113.9")
                        .header("Authorization", "Bearer sk-ann")
                        .build(),
                BodyHandlers.ofString());

        JsonObject seen = new JsonObject(response.body());
        assertThat(seen.getString("uri")).isEqualTo("/api/corpora?cursor=a%20b&x=%E4%B8%80");
        assertThat(seen.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(seen.getString("x-forwarded-host")).isEqualTo(console.getAuthority());
        assertThat(seen.getString("x-forwarded-proto")).isEqualTo("http");
        assertThat(seen.containsKey("forwarded")).isFalse();
        assertThat(seen.getString("authorization")).isEqualTo("Bearer sk-ann");
    }

    @Test
    void aForeignPageIsRefusedInTheFormOfThePath() throws Exception {
        HttpResponse<String> response = client.send(
                post("/v1/chat/completions", "{}")
                        .header("Origin", "https://evil.example")
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(new JsonObject(response.body()).getJsonObject("error").getString("message"))
                .contains("https://evil.example");
        assertThat(services.asked).isEmpty();
    }

    @Test
    void anotherHostNameIsRefused() throws IOException {
        String answer = raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("minigpt.console.hosts");
    }

    @Test
    void dotsDoNotLeadToAServicesOwnPages() throws IOException {
        String answer =
                raw("GET /api/corpora/%2e%2e/q/health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404");
    }

    @Test
    void pagesForbidForeignScriptsAndFrames() throws Exception {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(console).build(), BodyHandlers.ofString());

        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'self'").contains("frame-ancestors 'none'"));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void theStatusOfEveryServiceIsListed() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(console.resolve("/api/services")).build(), BodyHandlers.ofString());

        assertThat(new JsonObject(response.body()).getJsonArray("items"))
                .anySatisfy(item -> assertThat(item.toString()).contains("\"inference\"", "\"up\""))
                .anySatisfy(item -> assertThat(item.toString()).contains("\"augmentation\"", "\"down\""));
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(console.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(console.getHost(), console.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitReceived(long bytes) {
        Eventually.get(services.received::get, received -> received == bytes);
    }
}
