package io.minigpt.inference.kafka;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before this replica has read what the registry has told so far: until then it knows no models. */
@Readiness
@ApplicationScoped
class ReplayHealth implements HealthCheck {

    private static final String NAME = "registry replay";
    private static final String CHANNEL = "events";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final KafkaClientService clients;
    private volatile boolean replayed;

    ReplayHealth(KafkaClientService clients) {
        this.clients = clients;
    }

    @Override
    public HealthCheckResponse call() {
        KafkaConsumer<String, byte[]> consumer = clients.getConsumer(CHANNEL);
        if (!replayed && consumer != null) {
            replayed = atEnd(consumer);
        }
        return HealthCheckResponse.named(NAME).status(replayed).build();
    }

    private static boolean atEnd(KafkaConsumer<String, byte[]> consumer) {
        try {
            return consumer.runOnPollingThread((Consumer<String, byte[]> client) -> {
                        Map<TopicPartition, Long> ends = client.endOffsets(client.assignment());
                        return !ends.isEmpty()
                                && ends.entrySet().stream()
                                        .allMatch(end -> client.position(end.getKey()) >= end.getValue());
                    })
                    .await()
                    .atMost(LIMIT);
        } catch (TimeoutException e) {
            return false;
        }
    }
}
