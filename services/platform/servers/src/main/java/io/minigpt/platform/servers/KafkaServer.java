package io.minigpt.platform.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker on the loopback address: one node in KRaft mode, broker and controller in this JVM. Its folder
 * is formatted once; started again on the same folder it has its topics, records and committed offsets.
 */
public final class KafkaServer implements AutoCloseable {
    // any fixed identifier will do: it only keeps a node from joining the data of another cluster
    private static final String CLUSTER_ID = "bWluaWdwdC1sb2NhbC0wMQ";

    // held, because java.util.logging forgets the level of a logger that nobody refers to
    private static final Map<Logger, Level> LOG_LEVELS = Map.of(
            Logger.getLogger("kafka"), Level.WARNING,
            Logger.getLogger("org.apache.kafka"), Level.WARNING,
            Logger.getLogger("state.change.logger"), Level.WARNING,
            // warns at each start that it becomes the controller, which the only node always does
            Logger.getLogger("org.apache.kafka.controller.QuorumController"), Level.SEVERE);

    private final KafkaRaftServer server;
    private final int port;

    private KafkaServer(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it accepts clients.
     *
     * @param home folder of the broker's data, created if missing
     * @param port port for clients
     * @param controllerPort port of the KRaft controller
     * @throws ServerStartException if a port is taken or the folder cannot be used
     */
    public static KafkaServer start(Path home, int port, int controllerPort) {
        LoopbackPort.requireFree(port, "Kafka");
        LoopbackPort.requireFree(controllerPort, "Kafka's controller");
        quieten();
        Properties properties = properties(home.toAbsolutePath(), port, controllerPort);
        format(home.toAbsolutePath(), properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return new KafkaServer(server, port);
    }

    /** The address for clients, {@code host:port}. */
    public String bootstrapServers() {
        return LoopbackPort.ADDRESS + ":" + port;
    }

    /** Stops the broker and returns when its files are closed. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Creates those of {@code topics} that do not exist; a topic that exists is left as it is.
     *
     * @param bootstrapServers address of the broker
     * @throws ServerStartException if the broker cannot be reached or refuses a topic
     */
    public static void createTopics(String bootstrapServers, Collection<NewTopic> topics) {
        createTopics(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), topics);
    }

    /**
     * The same on a broker that may be anywhere and want a signing in.
     *
     * @param settings of Kafka's admin client
     */
    public static void createTopics(Map<String, Object> settings, Collection<NewTopic> topics) {
        String broker = "Kafka at " + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        try (Admin admin = Admin.create(settings)) {
            Set<String> existing = admin.listTopics().names().get();
            CreateTopicsResult created = admin.createTopics(topics.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList());
            for (KafkaFuture<Void> topic : created.values().values()) {
                awaitCreated(topic);
            }
        } catch (ExecutionException failure) {
            throw new ServerStartException(
                    broker + " could not create the topics: "
                            + failure.getCause().getMessage(),
                    failure.getCause());
        } catch (KafkaException failure) {
            throw new ServerStartException(broker + " cannot be reached: " + reason(failure), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("Interrupted while creating topics.", interrupted);
        }
    }

    /**
     * Runs a broker until SIGTERM, then shuts it down cleanly.
     *
     * @param arguments data folder, client port, controller port
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 3) {
            exit("Arguments: data folder, client port, controller port.");
        }
        try {
            KafkaServer broker =
                    start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "kafka-shutdown"));
            System.out.println("Kafka listens on " + broker.bootstrapServers());
            broker.server.awaitShutdown();
        } catch (ServerStartException failure) {
            exit(failure.getMessage());
        }
    }

    private static void exit(String sentence) {
        System.err.println(sentence);
        System.exit(2);
    }

    private static String reason(KafkaException failure) {
        return failure.getCause() == null
                ? failure.getMessage()
                : failure.getCause().getMessage();
    }

    private static void awaitCreated(KafkaFuture<Void> topic) throws ExecutionException, InterruptedException {
        try {
            topic.get();
        } catch (ExecutionException failure) {
            // somebody else created it between the listing and now
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }

    private static void quieten() {
        LOG_LEVELS.forEach((logger, level) -> {
            if (logger.getLevel() == null) {
                logger.setLevel(level);
            }
        });
    }

    private static void format(Path home, Properties properties) {
        Path file = home.resolve("server.properties");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int status;
        try {
            Files.createDirectories(home);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            status = StorageTool.execute(
                    new String[] {"format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", file.toString()},
                    new PrintStream(output, true, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new ServerStartException("Kafka cannot write to its folder " + home + ": " + failure, failure);
        }
        if (status != 0) {
            throw new ServerStartException("Kafka's folder " + home + " cannot be formatted: "
                    + output.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private static Properties properties(Path home, int port, int controllerPort) {
        String clients = "PLAINTEXT://" + LoopbackPort.ADDRESS + ":" + port;
        String controller = LoopbackPort.ADDRESS + ":" + controllerPort;
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", clients + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", clients),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
                Map.entry("log.dirs", home.resolve("data").toString()),
                Map.entry("auto.create.topics.enable", "false")));
        // the internal topics of a broker without peers
        properties.putAll(Map.ofEntries(
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "3"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "3"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "3")));
        // small: a few dozen clients of one machine
        properties.putAll(Map.ofEntries(
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("group.initial.rebalance.delay.ms", "0")));
        return properties;
    }
}
