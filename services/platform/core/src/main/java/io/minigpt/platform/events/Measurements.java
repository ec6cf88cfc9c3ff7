package io.minigpt.platform.events;

import com.google.protobuf.Message;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends figures that may be lost, such as those of a training step, straight to the broker: no row, no waiting. What
 * must not be lost goes through the {@link Outbox}.
 */
@ApplicationScoped
public class Measurements {

    private static final Logger LOG = Logger.getLogger(Measurements.class);

    private final String source;
    private final Producer<String, byte[]> producer;

    public Measurements(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @Identifier(KafkaClients.BROKER) Map<String, Object> kafka) {
        this.source = "/" + service;
        this.producer = new KafkaProducer<>(KafkaClients.producer(kafka));
    }

    /** Sends without waiting; a failure is logged. */
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
