package io.minigpt.local;

import io.minigpt.local.system.Topics;
import io.minigpt.platform.servers.KafkaServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For a Kafka that the local system does not run: a cluster's. */
@Command(
        name = "topics",
        description =
                "Create the topics that a Kafka lacks. Its address and how to sign in are told as to the services:"
                        + " KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL, ...")
final class TopicsCommand implements Runnable {
    private static final String PREFIX = "KAFKA_";

    @Option(
            names = "--partitions",
            paramLabel = "<number>",
            defaultValue = "${MINIGPT_TOPICS_PARTITIONS:-3}",
            description = "Partitions of each topic (MINIGPT_TOPICS_PARTITIONS; default: 3).")
    private int partitions;

    @Option(
            names = "--replicas",
            paramLabel = "<number>",
            defaultValue = "${MINIGPT_TOPICS_REPLICAS:-1}",
            description = "Brokers that keep each partition (MINIGPT_TOPICS_REPLICAS; default: 1).")
    private short replicas;

    @Override
    public void run() {
        Map<String, Object> kafka = settings(System.getenv());
        if (!kafka.containsKey(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw Refusal.notPossible("Set KAFKA_BOOTSTRAP_SERVERS to the address of the Kafka that is meant.");
        }
        List<NewTopic> topics = Topics.all(partitions, replicas);
        KafkaServer.createTopics(kafka, topics);
        System.out.println("Kafka at " + kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + " has all "
                + topics.size() + " topics.");
    }

    /** KAFKA_SSL_TRUSTSTORE_TYPE is {@code ssl.truststore.type}; variables that are no setting of the client are not read. */
    static Map<String, Object> settings(Map<String, String> environment) {
        Map<String, Object> settings = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                String setting =
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
                if (AdminClientConfig.configNames().contains(setting)) {
                    settings.put(setting, value);
                }
            }
        });
        return settings;
    }
}
