package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.system.Service;
import io.minigpt.local.system.Topics;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The topics that Strimzi is asked for are those that the job would create, and the services' dead-letter topics. */
class StrimziTopicsIT {
    private final Manifests manifests = new Combination("cluster", List.of("strimzi")).rendered();

    private record Shape(int partitions, int replicas, Map<String, String> settings) {
        Shape {
            settings = new TreeMap<>(settings);
        }
    }

    @Test
    void topicsAreThoseOfTheContract() {
        // Given
        Map<String, String> sizes = manifests.configMap("topics").getData();
        int partitions = Integer.parseInt(sizes.get("MINIGPT_TOPICS_PARTITIONS"));
        short replicas = Short.parseShort(sizes.get("MINIGPT_TOPICS_REPLICAS"));

        // When
        Map<String, Shape> contract = Topics.all(partitions, replicas).stream()
                .collect(Collectors.toMap(
                        NewTopic::name,
                        topic -> new Shape(topic.numPartitions(), topic.replicationFactor(), topic.configs())));

        // Then
        assertThat(topics(false)).isEqualTo(contract);
    }

    @Test
    void everyServiceHasADeadLetterTopicForEachThatItReads() {
        // When
        List<String> needed = Stream.of(Service.values())
                .flatMap(service -> {
                    String read = new ServicePackage(service)
                            .settings()
                            .getOrDefault("mp.messaging.incoming.events.topics", "");
                    return Arrays.stream(read.split(","))
                            .filter(topic -> !topic.isBlank())
                            .map(topic -> topic.strip() + "." + service.label() + ".dlq");
                })
                .toList();

        // Then
        assertThat(needed).isNotEmpty();
        assertThat(topics(true)).containsOnlyKeys(needed);
    }

    @Test
    void nobodyElseCreatesTopics() {
        // Then
        assertThat(manifests.workloads()).noneMatch(Workload::runsToItsEnd);
        assertThat(manifests.workload("corpus").variables(manifests))
                .containsEntry("MINIGPT_EVENTS_CREATE_DEAD_LETTER_TOPICS", "false");
    }

    private Map<String, Shape> topics(boolean deadLetters) {
        return manifests
                .all(KafkaTopic.class)
                .filter(topic -> topic.getMetadata().getName().endsWith(".dlq") == deadLetters)
                .collect(Collectors.toMap(topic -> topic.getMetadata().getName(), StrimziTopicsIT::shape));
    }

    private static Shape shape(KafkaTopic topic) {
        Map<String, Object> settings = topic.getSpec().getConfig();
        return new Shape(
                topic.getSpec().getPartitions(),
                topic.getSpec().getReplicas(),
                settings == null
                        ? Map.of()
                        : settings.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        setting -> setting.getValue().toString())));
    }
}
