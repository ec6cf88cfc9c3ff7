package io.minigpt.inference.bench;

import io.minigpt.platform.artifacts.FolderArtifactStore;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** The packaged service with a real broker and a real database, and one model that the registry has told of. */
final class InferenceSystem implements AutoCloseable {

    static final String MODEL = "bench";

    private static final String DATABASE = "inference";
    private static final String PASSWORD = "benchmark";
    private static final int PARTITIONS = 3;
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path home;
    private final int threads;
    private final int port = LoopbackPort.free();
    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final Process service;

    /**
     * Starts it and waits until it serves the checkpoint.
     *
     * @param threads of its engine
     */
    InferenceSystem(Path services, Path home, Path checkpoint, int threads) throws IOException, InterruptedException {
        this.home = home;
        this.threads = threads;
        kafka = KafkaServer.start(home.resolve("kafka"), LoopbackPort.free(), LoopbackPort.free());
        KafkaServer.createTopics(
                kafka.bootstrapServers(),
                EventCatalog.topics().stream()
                        .map(topic -> new NewTopic(topic.getName(), Optional.of(PARTITIONS), Optional.empty()))
                        .toList());
        postgres = PostgresServer.start(home.resolve("postgres"), LoopbackPort.free(), PASSWORD);
        postgres.createDatabase(DATABASE);
        service = start(services.resolve("inference/target/quarkus-app/quarkus-run.jar"));
        try (EventProbe registry = new EventProbe(kafka.bootstrapServers())) {
            registry.publish(MODEL + "@champion", alias(checkpoint));
            awaitServed(registry);
        }
    }

    URI completions() {
        return URI.create("http://127.0.0.1:" + port + "/v1/completions");
    }

    @Override
    public void close() {
        service.destroy();
        service.onExit().join();
        postgres.close();
        kafka.close();
    }

    private Process start(Path program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx768m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        program.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers(),
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        postgres.jdbcUrl(DATABASE),
                        "QUARKUS_DATASOURCE_USERNAME",
                        PostgresServer.USER,
                        "QUARKUS_DATASOURCE_PASSWORD",
                        PASSWORD,
                        "MINIGPT_ARTIFACTS_ROOT",
                        artifacts().toString(),
                        "MINIGPT_INFERENCE_WEIGHTS",
                        "int8",
                        "MINIGPT_INFERENCE_DEVICE",
                        "cpu",
                        "MINIGPT_INFERENCE_THREADS",
                        Integer.toString(threads),
                        "MINIGPT_INFERENCE_DEADLINE",
                        "10m"));
        return builder.start();
    }

    private AliasSet alias(Path checkpoint) throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(artifacts());
        ModelVersion.Builder version =
                ModelVersion.newBuilder().setModel(MODEL).setVersion(1).setStage(Stage.STAGE_PRETRAIN);
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                version.addFiles(store.put("runs/bench/1-0/" + file.getFileName(), file));
            }
        }
        return AliasSet.newBuilder()
                .setModel(MODEL)
                .setAlias("champion")
                .setRevision(1)
                .setVersion(version)
                .build();
    }

    private void awaitServed(EventProbe registry) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START);
        while (registry.all(ModelDeployed.class, deployed -> true).isEmpty()) {
            if (!service.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException("the service does not serve: " + Files.readString(log()));
            }
            Thread.sleep(POLL);
        }
    }

    private Path artifacts() {
        return home.resolve("artifacts").toAbsolutePath();
    }

    private Path log() {
        return home.resolve("service.log");
    }
}
