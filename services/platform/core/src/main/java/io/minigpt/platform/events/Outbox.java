package io.minigpt.platform.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import io.minigpt.platform.database.BulkInsert;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;

/** The one way to publish: a row in the transaction of the change that it tells of. */
@ApplicationScoped
public class Outbox {

    /** Largest payload, in bytes; below the broker's default limit of 1 MiB, so that no row can block the relay. */
    public static final int MAX_PAYLOAD_BYTES = 900 * 1024;

    private static final List<String> COLUMNS = List.of("topic", "key", "headers", "payload");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String source;

    public Outbox(@ConfigProperty(name = "quarkus.application.name") String service) {
        this.source = "/" + service;
    }

    /** Publishes a message that belongs to no run. The key is its subject and the record's key. */
    public void publish(Handle transaction, String key, Message data) {
        append(transaction, List.of(Event.of(source, key, data)));
    }

    /** Publishes a message that another event or a run caused. */
    public void publish(Handle transaction, String key, String correlationId, String causationId, Message data) {
        append(transaction, List.of(Event.caused(source, key, correlationId, causationId, data)));
    }

    /** Publishes a message in answer to an event: same run, that event as its cause. */
    public void publish(Handle transaction, String key, Event<?> cause, Message data) {
        publish(transaction, key, cause.correlationId(), cause.id(), data);
    }

    /** Publishes many events in their order. */
    public void append(Handle transaction, List<? extends Event<?>> events) {
        BulkInsert.insert(transaction, "outbox", COLUMNS, events, (row, event) -> {
            byte[] payload = event.data().toByteArray();
            if (payload.length > MAX_PAYLOAD_BYTES) {
                throw new IllegalArgumentException("the event " + event.subject() + " has " + payload.length
                        + " bytes, more than " + MAX_PAYLOAD_BYTES + "; large content belongs into an artifact");
            }
            row.text(EventCatalog.of(event.data()).topic())
                    .text(event.subject())
                    .json(json(CloudEvents.headers(event)))
                    .bytes(payload);
        });
    }

    /** Source of this service's events. */
    public String source() {
        return source;
    }

    /** Sends a record that could not be handled to its dead-letter topic. */
    void deadLetter(Handle transaction, String topic, String key, Map<String, String> headers, byte[] payload) {
        transaction
                .createUpdate(
                        "insert into outbox (topic, key, headers, payload) values (:topic, :key, :headers::jsonb, :payload)")
                .bind("topic", topic)
                .bind("key", key)
                .bind("headers", json(headers))
                .bind("payload", payload)
                .execute();
    }

    private static String json(Map<String, String> headers) {
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }
}
