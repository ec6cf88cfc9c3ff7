package io.minigpt.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIT {
    private static final NewTopic DOCUMENTS = new NewTopic("documents", 1, (short) 1);

    @TempDir
    Path home;

    @Test
    void keepsRecordsOverARestart() throws Exception {
        // Given
        int port = LoopbackPort.free();
        int controllerPort = LoopbackPort.free();
        try (KafkaServer broker = KafkaServer.start(home, port, controllerPort)) {
            KafkaServer.createTopics(broker.bootstrapServers(), List.of(DOCUMENTS));
            send(broker.bootstrapServers(), "第一条");
        }

        // When
        try (KafkaServer broker = KafkaServer.start(home, port, controllerPort)) {
            // Then
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(firstRecord(broker.bootstrapServers())).isEqualTo("第一条");
        }
    }

    @Test
    void createsOnlyTheTopicsThatAreMissing() throws Exception {
        try (KafkaServer broker = KafkaServer.start(home, LoopbackPort.free(), LoopbackPort.free())) {
            // Given
            KafkaServer.createTopics(broker.bootstrapServers(), List.of(DOCUMENTS));

            // When
            KafkaServer.createTopics(
                    broker.bootstrapServers(),
                    List.of(new NewTopic("documents", 5, (short) 1), new NewTopic("questions", 3, (short) 1)));

            // Then
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(admin.describeTopics(List.of("documents", "questions"))
                                .allTopicNames()
                                .get())
                        .hasEntrySatisfying(
                                "documents",
                                topic -> assertThat(topic.partitions()).hasSize(1))
                        .hasEntrySatisfying(
                                "questions",
                                topic -> assertThat(topic.partitions()).hasSize(3));
            }
        }
    }

    @Test
    void namesTheTakenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // When, Then
            assertThatThrownBy(() -> KafkaServer.start(home, other.getLocalPort(), LoopbackPort.free()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageMatching(
                            "Port " + other.getLocalPort() + " on 127.0.0.1, which Kafka needs, is already in use.*");
        }
    }

    @Test
    void stopsCleanlyOnSigterm() throws Exception {
        // Given
        int port = LoopbackPort.free();
        Process broker = JavaChild.start(KafkaServer.class, home, port, LoopbackPort.free());
        JavaChild.awaitLine(broker, "Kafka listens on 127.0.0.1:" + port);

        // When
        broker.destroy();

        // Then
        assertThat(broker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(home.resolve("data/.kafka_cleanshutdown")).exists();
    }

    private static void send(String bootstrapServers, String text) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(DOCUMENTS.name(), text)).get();
        }
    }

    private static String firstRecord(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        TopicPartition partition = new TopicPartition(DOCUMENTS.name(), 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(20));
            return records.iterator().next().value();
        }
    }
}
