package io.minigpt.platform.events;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.minigpt.platform.database.Database;
import io.minigpt.proto.event.v1.Kind;
import io.minigpt.proto.event.v1.StreamPosition;
import io.quarkus.arc.All;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * The one consumer of a service: channel {@code events} with all topics that the service reads. A batch is applied in
 * one transaction. If that fails, its records are applied one by one; one that still fails goes to
 * {@code <topic>.<service>.dlq} with the reason, in a transaction of its own. While the database is away it waits.
 */
@ApplicationScoped
public class EventConsumer {

    private static final Logger LOG = Logger.getLogger(EventConsumer.class);
    private static final Duration DATABASE_AWAY = Duration.ofSeconds(1);

    private final Database database;
    private final Streams streams;
    private final Outbox outbox;
    private final EventsConfig config;
    private final String service;
    private final Map<Class<?>, EventHandler<?>> handlers;

    public EventConsumer(
            Database database,
            Streams streams,
            Outbox outbox,
            EventsConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @All List<EventHandler<?>> handlers) {
        this.database = database;
        this.streams = streams;
        this.outbox = outbox;
        this.config = config;
        this.service = service;
        this.handlers = handlers.stream().collect(Collectors.toMap(EventHandler::type, Function.identity()));
    }

    @Incoming("events")
    @Blocking
    public void consume(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(records.count());
        records.forEach(batch::add);
        while (true) {
            try {
                database.run(transaction -> apply(transaction, batch));
                return;
            } catch (RuntimeException e) {
                if (database.answers()) {
                    LOG.debugf(e, "batch of %d records refused; applying them one by one", batch.size());
                    break;
                }
                LOG.warnf("the database is away (%s); waiting", e.getMessage());
                Thread.sleep(DATABASE_AWAY);
            }
        }
        for (ConsumerRecord<String, byte[]> record : batch) {
            applyAlone(record);
        }
    }

    private void applyAlone(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                database.run(transaction -> apply(transaction, List.of(record)));
                return;
            } catch (RefusedEventException e) {
                deadLetter(record, e.getMessage());
                return;
            } catch (RuntimeException e) {
                if (!database.answers()) {
                    attempt = 0;
                    Thread.sleep(DATABASE_AWAY);
                } else if (attempt >= config.attempts()) {
                    LOG.errorf(e, "record %s cannot be handled", where(record));
                    deadLetter(record, e.getClass().getSimpleName() + ": " + e.getMessage());
                    return;
                } else {
                    Thread.sleep(config.backoff());
                }
            }
        }
    }

    private void apply(Handle transaction, List<ConsumerRecord<String, byte[]>> batch) {
        List<StreamPosition> positions = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            Optional<Event<Message>> event = CloudEvents.read(record);
            if (event.isPresent()) {
                dispatch(transaction, event.get());
                position(event.get().data()).ifPresent(positions::add);
            }
        }
        streams.received(transaction, positions);
    }

    private void dispatch(Handle transaction, Event<Message> event) {
        EventHandler<?> handler = handlers.get(event.data().getClass());
        if (handler == null) {
            return;
        }
        if (EventCatalog.of(event.data()).kind() == Kind.KIND_COMMAND && !Inbox.first(transaction, event.id())) {
            return;
        }
        handle(handler, transaction, event);
    }

    private static <M extends Message> void handle(
            EventHandler<M> handler, Handle transaction, Event<? extends Message> event) {
        M data = handler.type().cast(event.data());
        handler.handle(
                transaction,
                new Event<>(
                        event.id(),
                        event.source(),
                        event.subject(),
                        event.time(),
                        event.correlationId(),
                        event.causationId(),
                        data));
    }

    private static Optional<StreamPosition> position(Message data) {
        FieldDescriptor field = data.getDescriptorForType().findFieldByName("position");
        return field != null && data.hasField(field) && data.getField(field) instanceof StreamPosition position
                ? Optional.of(position)
                : Optional.empty();
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf("record %s goes to the dead-letter topic: %s", where(record), reason);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        headers.put("dead-letter-reason", reason);
        headers.put("dead-letter-topic", record.topic());
        headers.put("dead-letter-partition", Integer.toString(record.partition()));
        headers.put("dead-letter-offset", Long.toString(record.offset()));
        database.run(transaction -> outbox.deadLetter(
                transaction,
                EventCatalog.deadLetterTopic(record.topic(), service),
                Optional.ofNullable(record.key()).orElse(""),
                headers,
                Optional.ofNullable(record.value()).orElse(new byte[0])));
    }

    private static String where(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
