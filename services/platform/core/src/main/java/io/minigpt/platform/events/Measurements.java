package io.minigpt.platform.events;

import com.google.protobuf.Message;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends figures that may be lost, such as those of a training step, straight to the broker: no row, no waiting. What
 * must not be lost goes through the {@link Outbox}.
 */
@ApplicationScoped
public class Measurements {

    private static final Logger LOG = Logger.getLogger(Measurements.class);

    /** How long a sender waits for a broker that it has not talked to yet. */
    private static final int MAX_BLOCK_MILLIS = 1000;

    private final String source;
    private final Producer<String, byte[]> producer;

    public Measurements(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @Identifier(KafkaClients.BROKER) Map<String, Object> kafka) {
        this.source = "/" + service;
        Map<String, Object> settings = KafkaClients.producer(kafka);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        this.producer = new KafkaProducer<>(settings);
    }

    /** Sends without waiting for an answer; a failure is logged. */
    public void send(String key, String correlationId, Message data) {
        Event<Message> event = Event.caused(source, key, correlationId, "", data);
        producer.send(CloudEvents.record(event), (metadata, failure) -> {
            if (failure != null) {
                LOG.warnf("measurement of %s not sent: %s", key, failure.getMessage());
            }
        });
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
