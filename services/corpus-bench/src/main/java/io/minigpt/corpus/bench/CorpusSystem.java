package io.minigpt.corpus.bench;

import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** The packaged corpus service as a process of its own, with a real broker and a durable database. */
final class CorpusSystem implements AutoCloseable {

    private static final String PASSWORD = "benchmark";
    private static final String DATABASE = "corpus";
    private static final int PARTITIONS = 3;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final Process service;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param nearDuplicates whether it looks for them */
    CorpusSystem(Path home, Path program, boolean nearDuplicates) throws IOException, InterruptedException {
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
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                program.toString()));
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "MINIGPT_ARTIFACTS_ROOT", home.resolve("artifacts").toString(),
                        "MINIGPT_CORPUS_NEAR_DUPLICATES_ENABLED", Boolean.toString(nearDuplicates),
                        "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(DATABASE),
                        "QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER,
                        "QUARKUS_DATASOURCE_PASSWORD", PASSWORD));
        builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("corpus.log").toFile());
        service = builder.start();
        awaitReady(home.resolve("corpus.log"));
    }

    /** Sends a file and returns once the broker has acknowledged everything that came of it. @return the answer */
    String load(Path file) throws IOException, InterruptedException, SQLException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(address.resolve("/api/corpora/bench/documents"))
                        .POST(BodyPublishers.ofFile(file))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the import was answered with " + response.body());
        }
        // the relay deletes an event when it is acknowledged
        while (number("select count(*) from (select 1 from outbox limit 1) left_over") > 0) {
            Thread.sleep(POLL);
        }
        return response.body();
    }

    /** Bytes of the index of near duplicates, a document. */
    double indexBytes() throws SQLException {
        return (double) number("select pg_total_relation_size('near_band')") / number("select count(*) from document");
    }

    /** Highest memory that the service's process has had, in MiB. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + service.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    /** Time that the processors have spent on it: the service, the database, and this process, which has the broker. */
    Duration processorTime() {
        ProcessHandle database = ProcessHandle.of(postgres.process().pid()).orElseThrow();
        return Stream.of(Stream.of(ProcessHandle.current(), service.toHandle(), database), database.descendants())
                .flatMap(processes -> processes)
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        service.destroy();
        service.onExit().join();
        postgres.close();
        kafka.close();
    }

    private long number(String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(DATABASE), PostgresServer.USER, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        HttpRequest ready =
                HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
        Instant deadline = Instant.now().plus(START);
        while (Instant.now().isBefore(deadline) && service.isAlive()) {
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
        throw new IllegalStateException("the corpus service did not start: " + Files.readString(log));
    }
}
