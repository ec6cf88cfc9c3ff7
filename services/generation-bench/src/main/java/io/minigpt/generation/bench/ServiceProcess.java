package io.minigpt.generation.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** One process of a packaged service. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;
    private final Path log;

    /** @param log gets what the process writes, behind what is there */
    ServiceProcess(Path program, int port, Path log, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        // as the images and the local system run it
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xss512k",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        program.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.port = port;
        this.log = log;
        this.process = builder.start();
    }

    void awaitReady() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException("the service did not get ready: " + Files.readString(log));
            }
            Thread.sleep(POLL);
        }
    }

    /** What is at a path. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Sends JSON lines, to be taken in after the answer. */
    JsonNode upload(String path, String lines) throws IOException, InterruptedException {
        return send(request(path).header("Prefer", "respond-async").POST(BodyPublishers.ofString(lines)));
    }

    /** Memory that the process holds now, in MiB. */
    long residentMebibytes() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(entry -> entry.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }

    /** Time that the processors have spent on it. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Ends the process with SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return client.send(request("/q/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            // not listening yet
            return false;
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER);
    }
}
