package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.system.Service;
import io.minigpt.local.system.Topics;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import io.minigpt.platform.servers.PostgresSettings;
import java.io.IOException;
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
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The orchestrator, the registry and two workers with a lease of two seconds; broker and database can be restarted. */
final class TrainingFleet implements AutoCloseable {
    private static final String PASSWORD = "soak";
    /** The advisory lock of the active outbox relay. */
    private static final long RELAY_LOCK = 0x6d696e69677074L;

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path root = Path.of("../..").toAbsolutePath().normalize();
    private final Path home;
    private final Path presets;
    private final int kafkaPort = LoopbackPort.free();
    private final int controllerPort = LoopbackPort.free();
    private final PostgresSettings settings;
    private KafkaServer kafka;
    private PostgresServer postgres;

    final ServiceProcess orchestrator;
    final ServiceProcess registry;
    final List<ServiceProcess> workers;

    /** @param presets folder with {@code model} and {@code training} */
    TrainingFleet(Path home, Path presets) throws IOException {
        this.home = home;
        this.presets = presets.toAbsolutePath();
        this.settings = PostgresSettings.of(home.resolve("postgres"), LoopbackPort.free(), PASSWORD);
        startBroker();
        startDatabase();
        KafkaServer.createTopics(kafka.bootstrapServers(), Topics.all(3, (short) 1));
        Stream.of(Service.TRAINING_ORCHESTRATOR, Service.MODEL_REGISTRY, Service.TRAINING_WORKER)
                .map(TrainingFleet::database)
                .forEach(postgres::createDatabase);
        orchestrator = process(Service.TRAINING_ORCHESTRATOR, "orchestrator");
        registry = process(Service.MODEL_REGISTRY, "registry");
        workers = List.of(process(Service.TRAINING_WORKER, "worker-1"), process(Service.TRAINING_WORKER, "worker-2"));
    }

    /** Starts the services and returns when they are ready. */
    void up() throws IOException {
        for (ServiceProcess service : services()) {
            service.start();
        }
        services().forEach(service -> await(service.name() + " is ready", service::isReady));
    }

    Path artifacts() {
        return home.resolve("artifacts");
    }

    /** Asks for a training run, again until the orchestrator knows all that it names. @return its id */
    String train(String request) {
        return await(
                        "the orchestrator knows the versions and takes " + request,
                        () -> orchestrator.post("/api/training-runs", request))
                .path("id")
                .asText();
    }

    String broker() {
        return kafka.bootstrapServers();
    }

    void restartBroker() {
        kafka.close();
        startBroker();
    }

    void restartDatabase() {
        postgres.close();
        startDatabase();
    }

    /** The worker whose relay sends what the workers publish. */
    Optional<ServiceProcess> relaying() {
        String active = """
                select application_name from pg_stat_activity a join pg_locks l on l.pid = a.pid
                where l.locktype = 'advisory' and l.granted and a.datname = current_database()
                  and (l.classid::bigint << 32) + l.objid::bigint = %d
                """;
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(database(Service.TRAINING_WORKER)), PostgresServer.USER, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(active.formatted(RELAY_LOCK))) {
            String name = row.next() ? row.getString(1) : "";
            return workers.stream().filter(worker -> worker.name().equals(name)).findFirst();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, () -> condition.getAsBoolean() ? Optional.of(what) : Optional.empty());
    }

    static <T> T await(String what, Supplier<Optional<T>> value) {
        return await(what, value, LIMIT);
    }

    static <T> T await(String what, Supplier<Optional<T>> value, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            Optional<T> found = value.get();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(Instant.now()).as("waiting until " + what).isBefore(deadline);
            pause(POLL);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        services().forEach(service -> service.signal(Signal.KILL));
        kafka.close();
        postgres.close();
    }

    private List<ServiceProcess> services() {
        return Stream.concat(Stream.of(orchestrator, registry), workers.stream())
                .toList();
    }

    private void startBroker() {
        kafka = KafkaServer.start(home.resolve("kafka"), kafkaPort, controllerPort);
    }

    private void startDatabase() {
        postgres = PostgresServer.start(settings);
    }

    private ServiceProcess process(Service service, String name) throws IOException {
        int port = LoopbackPort.free();
        Path logs = Files.createDirectories(root.resolve("services/local/target/soak-logs"));
        Path program = root.resolve("services/" + service.label() + "/target/quarkus-app/quarkus-run.jar");
        Map<String, String> environment = new TreeMap<>(Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                "false",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "MINIGPT_ARTIFACTS_ROOT",
                artifacts().toString(),
                "MINIGPT_CONFIG_ROOT",
                presets.toString(),
                // the name by which a session of the database is known
                "QUARKUS_DATASOURCE_JDBC_URL",
                postgres.jdbcUrl(database(service)) + "?ApplicationName=" + name,
                "QUARKUS_DATASOURCE_USERNAME",
                PostgresServer.USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                PASSWORD,
                "MALLOC_ARENA_MAX",
                "1"));
        environment.putAll(Map.of(
                "MINIGPT_JOBS_LEASE", "2s",
                "MINIGPT_JOBS_POLL", "100ms",
                "MINIGPT_EVENTS_RELAY_SILENCE", "3s",
                "MINIGPT_WORKER_NAME", name,
                "MINIGPT_WORKER_THREADS", "1",
                "MINIGPT_WORKER_SCRATCH", home.resolve(name).toString()));
        return new ServiceProcess(name, program, port, logs.resolve(name + ".log"), environment);
    }

    private static String database(Service service) {
        return service.label().replace('-', '_');
    }
}
