package io.minigpt.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.deploy.Combination;
import io.minigpt.deploy.Manifests;
import io.minigpt.deploy.Repository;
import io.minigpt.local.system.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the laptop's overlay makes, as processes of this machine. */
final class LaptopSystem implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Manifests manifests = Combination.LAPTOP.rendered();
    private final Placement placement;
    private final Stores stores;
    private final Map<Service, Pod> pods = new EnumMap<>(Service.class);
    private final Map<Service, Long> memory = new EnumMap<>(Service.class);

    LaptopSystem(Path home) throws IOException, InterruptedException, SQLException {
        this.placement = new Placement(home, Repository.root());
        this.stores = Stores.start(placement, manifests);
    }

    /** Starts every service, at the same time. */
    void start() {
        for (Service service : Service.values()) {
            pods.put(service, start(service, service.label() + "-0", placement.port(service.label())));
        }
        pods.values().forEach(Pod::awaitReady);
    }

    /** Starts a pod of a service and does not wait for it. */
    Pod start(Service service, String name, int port) {
        return Pod.start(manifests.workload(service.label()), manifests, placement, name, port);
    }

    /** Runs the job that creates the topics. */
    void createTopics() throws InterruptedException {
        try (Pod job = Pod.start(manifests.workload("topics"), manifests, placement, "topics", 0)) {
            job.awaitSuccess(Duration.ofMinutes(2));
        }
    }

    Pod pod(Service service) {
        return pods.get(service);
    }

    /** Sends each SIGTERM, waits for its end within the grace period, and starts all again; how long each took. */
    Map<Service, Duration> restart(Service... services) throws InterruptedException {
        Map<Service, Duration> times = new EnumMap<>(Service.class);
        for (Service service : services) {
            times.put(service, pods.get(service).stop());
        }
        for (Service service : services) {
            pods.put(service, start(service, service.label() + "-again", placement.port(service.label())));
        }
        for (Service service : services) {
            pods.get(service).awaitReady();
        }
        return times;
    }

    /** The most memory of its own that each service was seen with, in MiB. */
    Map<Service, Long> memory() {
        return memory;
    }

    Path samples() {
        return placement.repository().resolve("config/samples");
    }

    /** Asks for a completion as it comes: lines of server-sent events, the first of them once the model has begun. */
    Stream<String> stream(String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        pods.get(Service.CONSOLE).address().resolve("/v1/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    JsonNode get(Service service, String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(pods.get(service).address().resolve(path))
                .build());
    }

    JsonNode post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(pods.get(Service.CONSOLE).address().resolve(path))
                .header("Content-Type", type)
                .POST(body)
                .build());
    }

    JsonNode load(String corpus, String kind, Path file) throws IOException, InterruptedException {
        return post("/api/corpora/" + corpus + "/" + kind, "application/x-ndjson", BodyPublishers.ofFile(file));
    }

    /** Waits until a run looks as expected; asks the orchestrator again while it restarts. */
    JsonNode awaitRun(String id, Duration limit, Predicate<JsonNode> expected)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            for (Map.Entry<Service, Pod> pod : pods.entrySet()) {
                memory.merge(pod.getKey(), pod.getValue().ownMemory() >> 20, Math::max);
            }
            JsonNode run = get(Service.TRAINING_ORCHESTRATOR, "/api/pipelines/" + id);
            if (expected.test(run)) {
                return run;
            }
            assertThat(run.path("state").asText()).as("%s", run).isEqualTo("running");
            assertThat(Instant.now()).as("%s", run).isBefore(deadline);
            Thread.sleep(POLL);
        }
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", request, response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        pods.values().forEach(Pod::close);
        stores.close();
        http.close();
    }
}
