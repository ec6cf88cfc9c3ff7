package io.minigpt.generation.bench;

import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import io.minigpt.platform.servers.PostgresServer;
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

/** Replicas of the packaged service, with a real broker, a real durable database and a scripted teacher. */
final class GenerationSystem implements AutoCloseable {

    private static final String SERVICE = "qa-generation";
    private static final String DATABASE = "qa_generation";
    private static final String PASSWORD = "benchmark";
    private static final int PARTITIONS = 3;

    private final Path services;
    private final Path config;
    private final Path home;
    private final int slots;
    private final SteadyTeacher teacher = new SteadyTeacher();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint(0, teacher);
    private final BrokerProcess broker;
    private final List<ServiceProcess> started = new ArrayList<>();
    private final PostgresServer postgres;

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
        this.postgres = PostgresServer.start(home.resolve("postgres"), LoopbackPort.free(), PASSWORD);
        postgres.createDatabase(DATABASE);
    }

    SteadyTeacher teacher() {
        return teacher;
    }

    BrokerProcess broker() {
        return broker;
    }

    /** Starts a replica and waits until it is ready. */
    ServiceProcess start() throws IOException, InterruptedException {
        ServiceProcess process = new ServiceProcess(
                services.resolve(SERVICE).resolve("target/quarkus-app/quarkus-run.jar"),
                LoopbackPort.free(),
                home.resolve("replica-" + started.size() + ".log"),
                environment());
        started.add(process);
        process.awaitReady();
        return process;
    }

    /** Time that the processors have spent on the broker and the database. */
    Duration processorTime() {
        ProcessHandle server = ProcessHandle.of(postgres.process().pid()).orElseThrow();
        return Stream.concat(Stream.of(server), server.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(broker.processorTime(), Duration::plus);
    }

    @Override
    public void close() {
        started.forEach(ServiceProcess::close);
        endpoint.close();
        postgres.close();
        broker.close();
    }

    private Map<String, String> environment() {
        String prefix = "MINIGPT_TEACHING_TEACHERS_STEADY_";
        Map<String, String> variables = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.address(),
                "QUARKUS_DATASOURCE_JDBC_URL",
                postgres.jdbcUrl(DATABASE),
                "QUARKUS_DATASOURCE_USERNAME",
                PostgresServer.USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                PASSWORD,
                "MINIGPT_CONFIG_ROOT",
                config.toAbsolutePath().toString(),
                "MINIGPT_ARTIFACTS_ROOT",
                home.resolve("artifacts").toString()));
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
        return variables;
    }
}
