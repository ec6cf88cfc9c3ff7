package io.minigpt.generation.bench;

import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
import io.minigpt.platform.servers.PostgresSettings;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** Packaged services with a real broker, a real durable database and a scripted teacher, each a process of its own. */
final class GenerationSystem implements AutoCloseable {

    static final String CORPUS = "corpus";
    static final String QA_GENERATION = "qa-generation";
    static final String AUGMENTATION = "augmentation";

    private static final String PASSWORD = "benchmark";
    private static final int PARTITIONS = 3;

    private final Path services;
    private final Path config;
    private final Path home;
    private final int slots;
    private final SteadyTeacher teacher = new SteadyTeacher();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint(0, teacher);
    private final BrokerProcess broker;
    private final PostgresSettings database;
    private final List<ServiceProcess> started = new ArrayList<>();
    private PostgresServer postgres;

    /**
     * Starts the servers.
     *
     * @param services the folder of the modules of the packaged services
     * @param config the folder of the prompts
     * @param home folder of everything that is written
     * @param slots calls of the teacher that one process makes at a time
     */
    GenerationSystem(Path services, Path config, Path home, int slots) throws IOException, InterruptedException {
        this.services = services;
        this.config = config;
        this.home = Files.createDirectories(home);
        this.slots = slots;
        this.broker = new BrokerProcess(home.resolve("kafka"));
        KafkaServer.createTopics(
                broker.address(),
                EventCatalog.topics().stream()
                        .map(topic -> new NewTopic(topic.getName(), Optional.of(PARTITIONS), Optional.empty()))
                        .toList());
        this.database = PostgresSettings.of(home.resolve("postgres"), LoopbackPort.free(), PASSWORD);
        this.postgres = PostgresServer.start(database);
        Stream.of(CORPUS, QA_GENERATION, AUGMENTATION).forEach(service -> postgres.createDatabase(database(service)));
    }

    SteadyTeacher teacher() {
        return teacher;
    }

    BrokerProcess broker() {
        return broker;
    }

    /** Starts a process of a service and waits until it is ready. */
    ServiceProcess start(String service) throws IOException, InterruptedException {
        ServiceProcess process = new ServiceProcess(
                services.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"),
                LoopbackPort.free(),
                home.resolve(service + ".log"),
                environment(service));
        started.add(process);
        process.awaitReady();
        return process;
    }

    /** Stops the database, whatever it does, and starts it again with its data. */
    void restartDatabase() {
        postgres.close();
        postgres = PostgresServer.start(database);
    }

    /** Time that the processors have spent on the database. */
    Duration databaseTime() {
        ProcessHandle server = ProcessHandle.of(postgres.process().pid()).orElseThrow();
        return Stream.concat(Stream.of(server), server.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        started.forEach(ServiceProcess::close);
        endpoint.close();
        postgres.close();
        broker.close();
    }

    private Map<String, String> environment(String service) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.address(),
                "QUARKUS_DATASOURCE_JDBC_URL",
                postgres.jdbcUrl(database(service)),
                "QUARKUS_DATASOURCE_USERNAME",
                PostgresServer.USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                PASSWORD,
                "MINIGPT_CONFIG_ROOT",
                config.toAbsolutePath().toString(),
                "MINIGPT_ARTIFACTS_ROOT",
                home.resolve("artifacts").toString()));
        // the texts of the steady teacher differ in their numbers only
        variables.put("MINIGPT_CORPUS_NEAR_DUPLICATES_ENABLED", "false");
        if (service.equals(QA_GENERATION)) {
            String prefix = "MINIGPT_TEACHING_TEACHERS_STEADY_";
            variables.putAll(Map.of(
                    "MINIGPT_TEACHING_TEACHER",
                    "steady",
                    prefix + "KIND",
                    "openai",
                    prefix + "BASE_URL",
                    endpoint.url().toString(),
                    prefix + "MODEL",
                    "steady",
                    prefix + "CONCURRENCY",
                    Integer.toString(slots)));
        }
        return variables;
    }

    private static String database(String service) {
        return service.replace('-', '_');
    }
}
