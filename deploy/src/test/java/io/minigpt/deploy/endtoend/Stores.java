package io.minigpt.deploy.endtoend;

import io.minigpt.deploy.Manifests;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import io.minigpt.platform.servers.PostgresSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker and the database of the laptop's overlay, with its settings and its script. */
final class Stores implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    static final String PASSWORD = "password-of-the-secret";

    private final PostgresServer postgres;
    private final Process kafka;

    private Stores(PostgresServer postgres, Process kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
    }

    static Stores start(Placement placement, Manifests manifests)
            throws IOException, InterruptedException, SQLException {
        Path home = placement.home();
        PostgresServer postgres =
                PostgresServer.start(PostgresSettings.of(home.resolve("postgres"), placement.port("postgres"), PASSWORD)
                        .withoutDurability());
        String script = manifests.configMap("postgres").getData().get("databases.sql");
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl("postgres"), PostgresServer.USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String command : script.replaceAll("(?m)^--.*$", "").split(";")) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        }
        return new Stores(postgres, kafka(placement, manifests));
    }

    private static Process kafka(Placement placement, Manifests manifests) throws IOException, InterruptedException {
        Path home = Files.createDirectories(placement.home().resolve("kafka"));
        // a listener without a name is on every address of a pod
        String settings = manifests
                .configMap("kafka")
                .getData()
                .get("server.properties")
                .replace("://:9092", "://kafka:9092")
                .replace("localhost:9093", "127.0.0.1:" + placement.port("kafka-controller"))
                .replace("/var/lib/kafka/data", home.resolve("data").toString());
        Path file = Files.writeString(home.resolve("server.properties"), placement.here(settings));
        String[] format = {"format", "--ignore-formatted", "-t", "bWluaWdwdC1sb2NhbC0wMQ", "-c", file.toString()};
        if (java(home, StorageTool.class, format).waitFor() != 0) {
            throw new IllegalStateException("Kafka's folder cannot be formatted: " + home);
        }
        Process kafka = java(home, Kafka.class, file.toString());
        awaitListening(kafka, placement.port("kafka"), home);
        return kafka;
    }

    /** What the probe of the broker's pod asks: whether somebody listens. */
    private static void awaitListening(Process kafka, int port, Path home) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(LIMIT);
        while (true) {
            try (Socket socket = new Socket(LoopbackPort.ADDRESS, port)) {
                return;
            } catch (ConnectException notYet) {
                if (!kafka.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException(
                            "Kafka does not listen: " + Files.readString(home.resolve("kafka.log")), notYet);
                }
                Thread.sleep(POLL);
            }
        }
    }

    private static Process java(Path home, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("kafka.log").toFile()))
                .start();
    }

    @Override
    public void close() {
        kafka.destroy();
        kafka.onExit().join();
        postgres.close();
    }
}
