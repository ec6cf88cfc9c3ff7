package io.minigpt.platform.events;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An event with its CloudEvents attributes.
 *
 * @param id unique within its source
 * @param source the service that published it, as {@code /name}
 * @param subject what it is about; the record's key
 * @param time when it happened
 * @param correlationId the pipeline run it belongs to; empty if none
 * @param causationId id of the event that caused it; empty if none
 * @param data the message
 */
public record Event<M extends Message>(
        String id, String source, String subject, Instant time, String correlationId, String causationId, M data) {

    public Event {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(causationId, "causationId");
        Objects.requireNonNull(data, "data");
    }

    /** A new event that belongs to no run and has no cause. */
    public static <M extends Message> Event<M> of(String source, String subject, M data) {
        return caused(source, subject, "", "", data);
    }

    /** A new event within a run. */
    public static <M extends Message> Event<M> caused(
            String source, String subject, String correlationId, String causationId, M data) {
        return new Event<>(
                UUID.randomUUID().toString(), source, subject, Instant.now(), correlationId, causationId, data);
    }
}
