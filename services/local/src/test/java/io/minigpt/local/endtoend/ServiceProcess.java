package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A packaged service in a process of its own, which a test starts, kills, freezes and asks. */
final class ServiceProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration END = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String name;
    private final URI address;
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final Map<String, String> environment;
    private Optional<LinuxProcess> process = Optional.empty();

    ServiceProcess(String name, Path program, int port, Path log, Map<String, String> environment) {
        this.name = name;
        this.address = URI.create("http://127.0.0.1:" + port);
        this.log = log;
        this.environment = environment;
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-jar", program.toString()));
    }

    String name() {
        return name;
    }

    /** Starts it without waiting until it is ready. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = LinuxProcess.find(builder.start().pid());
    }

    void signal(Signal signal) {
        process.orElseThrow().signal(signal);
    }

    void kill() {
        signal(Signal.KILL);
        awaitEnd(END);
    }

    void awaitEnd(Duration limit) {
        assertThat(process.orElseThrow().awaitEnd(limit))
                .as("%s has not ended", name)
                .isTrue();
    }

    boolean isReady() {
        return get("/q/health/ready")
                .filter(health -> health.path("status").asText().equals("UP"))
                .isPresent();
    }

    /** Its answer, unless it does not run or is not ready yet. */
    Optional<JsonNode> get(String path) {
        return answer(HttpRequest.newBuilder(address.resolve(path)));
    }

    /** Its answer, unless it does not run, is not ready yet or refuses. */
    Optional<JsonNode> post(String path, String json) {
        return answer(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private Optional<JsonNode> answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
            return response.statusCode() < 300 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException notNow) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
