package io.minigpt.platform.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * CloudEvents 1.0 on Kafka: binary mode with a protobuf payload; for whoever writes by hand also binary mode with the
 * message in protobuf's JSON form ({@code application/json}), and one structured {@code application/cloudevents+json}
 * body whose {@code data} is that form.
 *
 * <p>Source: CloudEvents Kafka protocol binding 1.0.2, CloudEvents JSON format 1.0.2.
 */
public final class CloudEvents {

    static final String PROTOBUF = "application/protobuf";
    static final String JSON_PAYLOAD = "application/json";
    static final String STRUCTURED_JSON = "application/cloudevents+json";

    /** Source of a JSON payload that names none, so that a console producer needs one header less. */
    private static final String ANY_CLIENT = "/client";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudEvents() {}

    /** The record that carries an event in binary mode, on the topic of its type. */
    public static ProducerRecord<String, byte[]> record(Event<?> event) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                EventCatalog.of(event.data()).topic(),
                event.subject(),
                event.data().toByteArray());
        headers(event).forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** Kafka headers of an event in binary mode. */
    static Map<String, String> headers(Event<?> event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", event.id());
        headers.put("ce_source", event.source());
        headers.put("ce_type", EventCatalog.of(event.data()).name());
        headers.put("ce_subject", event.subject());
        headers.put("ce_time", event.time().toString());
        headers.put("content-type", PROTOBUF);
        if (!event.correlationId().isEmpty()) {
            headers.put("ce_correlationid", event.correlationId());
        }
        if (!event.causationId().isEmpty()) {
            headers.put("ce_causationid", event.causationId());
        }
        return headers;
    }

    /**
     * Reads a record.
     *
     * @return the event, or empty if its type is not in the contract (a newer service may publish it)
     * @throws RefusedEventException if the record is no CloudEvent or its payload is broken
     */
    public static Optional<Event<Message>> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            throw new RefusedEventException("the record has no value");
        }
        String contentType = header(record, "content-type").orElse("");
        if (contentType.startsWith(STRUCTURED_JSON) || header(record, "ce_type").isEmpty()) {
            return structured(record);
        }
        boolean json = contentType.startsWith(JSON_PAYLOAD);
        Optional<EventType> type = EventCatalog.named(required(record, "ce_type"));
        if (type.isEmpty() && json) {
            throw new RefusedEventException("unknown event type '" + required(record, "ce_type") + "'");
        }
        if (type.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Event<>(
                    required(record, "ce_id"),
                    json ? header(record, "ce_source").orElse(ANY_CLIENT) : required(record, "ce_source"),
                    header(record, "ce_subject")
                            .orElse(Optional.ofNullable(record.key()).orElse("")),
                    time(header(record, "ce_time").orElse(null), record),
                    header(record, "ce_correlationid").orElse(""),
                    header(record, "ce_causationid").orElse(""),
                    json
                            ? type.get().parseJson(new String(record.value(), StandardCharsets.UTF_8))
                            : type.get().parse(record.value())));
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedEventException("the payload is no " + type.get().name() + ": " + e.getMessage());
        }
    }

    private static Optional<Event<Message>> structured(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode body = JSON.readTree(record.value());
            if (body == null || !body.isObject()) {
                throw new RefusedEventException("the body is neither binary-mode nor a structured CloudEvent");
            }
            Optional<EventType> type = EventCatalog.named(attribute(body, "type"));
            if (type.isEmpty()) {
                throw new RefusedEventException("unknown event type '" + attribute(body, "type") + "'");
            }
            return Optional.of(new Event<>(
                    attribute(body, "id"),
                    attribute(body, "source"),
                    body.path("subject")
                            .asText(Optional.ofNullable(record.key()).orElse("")),
                    time(body.path("time").asText(null), record),
                    body.path("correlationid").asText(""),
                    body.path("causationid").asText(""),
                    type.get().parseJson(body.path("data").toString())));
        } catch (JsonProcessingException e) {
            throw new RefusedEventException("the body is not JSON: " + e.getOriginalMessage());
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedEventException("data: " + e.getMessage());
        } catch (java.io.IOException e) {
            throw new RefusedEventException("the body cannot be read: " + e.getMessage());
        }
    }

    private static Instant time(String text, ConsumerRecord<String, byte[]> record) {
        if (text == null) {
            return Instant.ofEpochMilli(record.timestamp());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RefusedEventException("time '" + text + "' is not ISO-8601 in UTC");
        }
    }

    private static String attribute(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new RefusedEventException("the CloudEvent has no " + name);
        }
        return value.asText();
    }

    private static String required(ConsumerRecord<String, byte[]> record, String name) {
        return header(record, name).orElseThrow(() -> new RefusedEventException("header " + name + " is missing"));
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
