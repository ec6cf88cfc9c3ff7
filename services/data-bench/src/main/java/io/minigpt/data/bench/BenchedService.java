package io.minigpt.data.bench;

import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** A packaged service as a process of its own, with a real broker and a durable database. */
final class BenchedService implements AutoCloseable {

    private static final String PASSWORD = "benchmark";
    private static final String DATABASE = "bench";
    private static final int PARTITIONS = 3;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final Process process;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Starts it and waits until it is ready.
     *
     * @param home an empty folder
     * @param program its {@code quarkus-run.jar}
     * @param heap JVM options for its size
     * @param settings environment variables of its own
     */
    BenchedService(Path home, Path program, List<String> heap, Map<String, String> settings)
            throws IOException, InterruptedException {
        kafka = KafkaServer.start(home.resolve("kafka"), LoopbackPort.free(), LoopbackPort.free());
        KafkaServer.createTopics(
                kafka.bootstrapServers(),
                EventCatalog.topics().stream()
                        .map(topic -> new NewTopic(topic.getName(), Optional.of(PARTITIONS), Optional.empty()))
                        .toList());
        postgres = PostgresServer.start(home.resolve("postgres"), LoopbackPort.free(), PASSWORD);
        postgres.createDatabase(DATABASE);
        int port = LoopbackPort.free();
        address = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp"))));
        command.addAll(heap);
        command.addAll(List.of("-jar", program.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "MINIGPT_ARTIFACTS_ROOT", home.resolve("artifacts").toString(),
                        "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(DATABASE),
                        "QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER,
                        "QUARKUS_DATASOURCE_PASSWORD", PASSWORD));
        builder.environment().putAll(settings);
        Path log = home.resolve("service.log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        process = builder.start();
        awaitReady(log);
    }

    /** The body of a successful answer. */
    String get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /** The body of a successful answer. */
    String post(String path, String contentType, BodyPublisher body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", contentType).POST(body).build());
    }

    /** As {@link #post}, with JSON. */
    String postJson(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofString(body));
    }

    /** Returns once the broker has acknowledged all events. */
    void awaitEvents() throws SQLException, InterruptedException {
        // the relay deletes an event when it is acknowledged
        while (number("select count(*) from (select 1 from outbox limit 1) left_over") > 0) {
            Thread.sleep(POLL);
        }
    }

    /** Time that the processors have spent on it: the service, the database, and this process, which has the broker. */
    Duration processorTime() {
        ProcessHandle database = ProcessHandle.of(postgres.process().pid()).orElseThrow();
        return Stream.of(Stream.of(ProcessHandle.current(), process.toHandle(), database), database.descendants())
                .flatMap(processes -> processes)
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The one number that a query answers. */
    long number(String query) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** A connection to its database. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(DATABASE), PostgresServer.USER, PASSWORD);
    }

    /** Highest memory that the service's process has had, in MiB. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    /** Processor time that the service's process has had, all threads together. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        postgres.close();
        kafka.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(request.uri() + " was answered with " + response.body());
        }
        return response.body();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        HttpRequest ready = request("/q/health/ready").build();
        Instant deadline = Instant.now().plus(START);
        while (Instant.now().isBefore(deadline) && process.isAlive()) {
            try {
                if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // nobody listens yet
                Thread.sleep(POLL);
            }
        }
        close();
        throw new IllegalStateException("the service did not start: " + Files.readString(log));
    }
}
