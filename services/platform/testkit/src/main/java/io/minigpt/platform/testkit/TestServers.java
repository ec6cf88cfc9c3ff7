package io.minigpt.platform.testkit;

import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import io.minigpt.platform.servers.PostgresSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real broker with all topics and a real database for {@code @QuarkusTest}: started once a JVM, with a fresh database,
 * a fresh artifact folder and an unused consumer group for every test class that names it.
 *
 * <p>Quarkus loads this class again for every test profile, so the running servers are found through system properties.
 */
public final class TestServers implements QuarkusTestResourceLifecycleManager {

    private static final String BOOTSTRAP = "minigpt.test.bootstrap";
    private static final String JDBC = "minigpt.test.jdbc";
    private static final String PASSWORD = "test-password";
    private static final int PARTITIONS = 3;

    @Override
    public Map<String, String> start() {
        synchronized (System.getProperties()) {
            if (System.getProperty(BOOTSTRAP) == null) {
                startServers();
            }
        }
        String database = "test_" + UUID.randomUUID().toString().replace("-", "");
        create(database);
        return Map.of(
                "kafka.bootstrap.servers",
                System.getProperty(BOOTSTRAP),
                "mp.messaging.incoming.events.group.id",
                database,
                "quarkus.datasource.jdbc.url",
                url(database),
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.datasource.password",
                PASSWORD,
                "minigpt.artifacts.root",
                temporary("minigpt-artifacts").toString());
    }

    @Override
    public void stop() {
        // the servers serve all test classes of this JVM and end with it
    }

    private static void startServers() {
        try {
            Path home = temporary("minigpt-test");
            KafkaServer kafka = KafkaServer.start(home.resolve("kafka"), LoopbackPort.free(), LoopbackPort.free());
            List<NewTopic> topics = EventCatalog.topics().stream()
                    .map(topic -> new NewTopic(topic.getName(), Optional.of(PARTITIONS), Optional.empty()))
                    .toList();
            KafkaServer.createTopics(kafka.bootstrapServers(), topics);
            PostgresServer postgres =
                    PostgresServer.start(PostgresSettings.of(home.resolve("postgres"), LoopbackPort.free(), PASSWORD)
                            .withoutDurability());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                kafka.close();
                postgres.close();
            }));
            postgres.createDatabase("test");
            System.setProperty(JDBC, postgres.jdbcUrl("test"));
            System.setProperty(BOOTSTRAP, kafka.bootstrapServers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(String database) {
        try (Connection connection = DriverManager.getConnection(url("test"), PostgresServer.USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database + " template template0 encoding 'UTF8'"
                    + " locale_provider builtin builtin_locale 'C.UTF-8' locale 'C.UTF-8'");
        } catch (SQLException e) {
            throw new IllegalStateException("no fresh database for this test", e);
        }
    }

    private static String url(String database) {
        return System.getProperty(JDBC).replaceFirst("/test\\b", "/" + database);
    }

    private static Path temporary(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
