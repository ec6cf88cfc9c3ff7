package io.minigpt.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.testkit.TestServers;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServiceTopicsIT {

    private static Map<String, Object> kafka;
    private static Admin admin;

    private final String topic = "late." + UUID.randomUUID() + ".v1";

    private record Settings(Duration topicsWait, boolean createDeadLetterTopics) implements EventsConfig {
        @Override
        public Duration poll() {
            return Duration.ofMillis(50);
        }

        @Override
        public Duration relaySilence() {
            return Duration.ofSeconds(10);
        }

        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public Duration backoff() {
            return Duration.ZERO;
        }
    }

    @BeforeAll
    static void connect() {
        kafka = Map.of("bootstrap.servers", new TestServers().start().get("kafka.bootstrap.servers"));
        admin = Admin.create(kafka);
    }

    @AfterAll
    static void disconnect() {
        admin.close();
    }

    @Test
    void waitsForTopicsAndCreatesTheirDeadLetterTopics() throws Exception {
        // Given
        // a thread of the common pool would not see Kafka's classes
        CompletableFuture<Void> start =
                CompletableFuture.runAsync(() -> prepare(Duration.ofSeconds(30), true), Thread::startVirtualThread);
        assertThat(start).isNotDone();

        // When
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();

        // Then
        start.get();
        assertThat(topics()).contains(topic + ".testkit.dlq");
    }

    @Test
    void leavesDeadLetterTopicsToThoseWhoManageThem() throws Exception {
        // Given
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();

        // When
        prepare(Duration.ZERO, false);

        // Then
        assertThat(topics()).contains(topic).doesNotContain(topic + ".testkit.dlq");
    }

    @Test
    void namesTheTopicsThatDoNotCome() {
        // When, then
        assertThatThrownBy(() -> prepare(Duration.ZERO, true)).hasMessageContaining(topic);
    }

    private void prepare(Duration wait, boolean createDeadLetterTopics) {
        try {
            new ServiceTopics(new Settings(wait, createDeadLetterTopics), "testkit", kafka, Optional.of(List.of(topic)))
                    .prepare(new StartupEvent());
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Set<String> topics() {
        try {
            return admin.listTopics().names().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
