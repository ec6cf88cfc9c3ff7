package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.local.MiniGpt;
import io.minigpt.local.system.Home;
import io.minigpt.local.system.Installation;
import io.minigpt.local.system.LocalSystem;
import io.minigpt.local.system.Ports;
import io.minigpt.local.system.ProcessStatus;
import io.minigpt.local.system.ProcessStatus.Running;
import io.minigpt.local.system.Service;
import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import io.minigpt.platform.servers.LoopbackPort;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A system of its own for a test: the packaged services on ports and in a folder that nobody else uses. */
final class PackagedSystem implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int KAFKA_PORT = 19_092;
    private static final int FIRST_OFFSET = 21_000;
    private static final int LAST_OFFSET = 30_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path root = Path.of("../..").toAbsolutePath().normalize();
    private final Path home;
    private final int offset;
    private final Installation installation;
    private final LocalSystem system;

    PackagedSystem(Path home) {
        this.home = home;
        this.offset = IntStream.iterate(FIRST_OFFSET, last -> last < LAST_OFFSET, last -> last + 101)
                .filter(PackagedSystem::isFree)
                .findFirst()
                .orElseThrow();
        this.installation = new Installation(root, new Home(home), new Ports(offset));
        this.system = new LocalSystem(installation, System.out::println);
    }

    /** Runs a command of {@code minigpt} on this system; its exit status. */
    int minigpt(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                command,
                "--root",
                root.toString(),
                "--home",
                home.toString(),
                "--port-offset",
                Integer.toString(offset)));
        all.addAll(List.of(arguments));
        return MiniGpt.commandLine().execute(all.toArray(String[]::new));
    }

    void up() {
        system.up();
    }

    String kafka() {
        return "127.0.0.1:" + (KAFKA_PORT + offset);
    }

    Path samples() {
        return root.resolve("config/samples");
    }

    Path reports() {
        return installation.home().reports();
    }

    List<ProcessStatus> status() throws InterruptedException {
        return system.status();
    }

    void kill(Service service) throws InterruptedException {
        Running running = (Running) status().stream()
                .filter(status -> status.name().equals(service.label()))
                .findFirst()
                .orElseThrow()
                .state();
        LinuxProcess process = LinuxProcess.find(running.pid()).orElseThrow();
        process.signal(Signal.KILL);
        assertThat(process.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(
                HttpRequest.newBuilder(installation.address(Service.CONSOLE).resolve(path))
                        .build());
    }

    JsonNode post(String path, String json) throws IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofString(json));
    }

    JsonNode delete(String path) throws IOException, InterruptedException {
        return answer(
                HttpRequest.newBuilder(installation.address(Service.CONSOLE).resolve(path))
                        .DELETE()
                        .build());
    }

    JsonNode load(String corpus, String kind, Path file) throws IOException, InterruptedException {
        return post("/api/corpora/" + corpus + "/" + kind, "application/x-ndjson", BodyPublishers.ofFile(file));
    }

    /** Waits until a run is the newest one. */
    void awaitRunStarted(String id, Duration limit) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        while (!get("/api/pipelines").at("/items/0/id").asText().equals(id)) {
            assertThat(Instant.now()).as("no run %s", id).isBefore(deadline);
            Thread.sleep(POLL);
        }
    }

    /** Waits until a run looks as expected; fails when it ends otherwise or takes longer than {@code limit}. */
    JsonNode awaitRun(String id, Duration limit, Predicate<JsonNode> expected)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            JsonNode run = get("/api/pipelines/" + id);
            if (expected.test(run)) {
                return run;
            }
            assertThat(run.path("state").asText()).as("%s", run).isEqualTo("running");
            assertThat(Instant.now()).as("%s", run).isBefore(deadline);
            Thread.sleep(POLL);
        }
    }

    static JsonNode step(JsonNode run, String name) {
        for (JsonNode step : run.path("steps")) {
            if (step.path("name").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + run);
    }

    @Override
    public void close() {
        system.down();
        http.close();
    }

    private JsonNode post(String path, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return answer(
                HttpRequest.newBuilder(installation.address(Service.CONSOLE).resolve(path))
                        .header("Content-Type", type)
                        .POST(body)
                        .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", request, response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private static boolean isFree(int offset) {
        return IntStream.of(8080, 8081, 8082, 8083, 8084, 8085, 8086, 8087, 8088, 15_432, 19_092, 19_093)
                .map(port -> port + offset)
                .allMatch(LoopbackPort::isFree);
    }
}
