package io.minigpt.platform.testkit;

import com.google.protobuf.Message;
import io.minigpt.platform.events.CloudEvents;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.events.RefusedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** The other side of a service in its tests: publishes events to the real broker and waits for those that come out. */
public final class EventProbe implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, Object> consumer = new HashMap<>();

    /** A probe of the broker of the running test. */
    public EventProbe() {
        this(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    public EventProbe(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    }

    /** Publishes a message as a new event and returns it. */
    public <M extends Message> Event<M> publish(String key, M data) {
        Event<M> event = Event.of("/test", key, data);
        publish(event);
        return event;
    }

    /** Publishes an event; twice gives a duplicate delivery. */
    public void publish(Event<?> event) {
        send(CloudEvents.record(event));
    }

    /** Publishes any bytes with any headers. */
    public void publishRaw(String topic, String key, Map<String, String> headers, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        send(record);
    }

    /** Waits for the first message of a type that fits, from the beginning of its topic; fails after 30 seconds. */
    public <M extends Message> Event<M> await(Class<M> type, Predicate<M> wanted) {
        return awaitCount(type, wanted, 1).getFirst();
    }

    /** Waits until so many messages of a type fit. */
    public <M extends Message> List<Event<M>> awaitCount(Class<M> type, Predicate<M> wanted, int count) {
        List<Event<M>> found = new ArrayList<>();
        Instant deadline = Instant.now().plus(DEADLINE);
        try (KafkaConsumer<String, byte[]> reader = reader(topic(type))) {
            while (found.size() < count) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("waited " + DEADLINE + " for " + count + " " + type.getSimpleName()
                            + ", found " + found.size() + ": " + found);
                }
                reader.poll(POLL).forEach(record -> collect(record, type, wanted, found));
            }
        }
        return found;
    }

    /** Every message of a type that fits and is on its topic now. */
    public <M extends Message> List<Event<M>> all(Class<M> type, Predicate<M> wanted) {
        List<Event<M>> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(topic(type))) {
            collect(record, type, wanted, found);
        }
        return found;
    }

    /** Every record that is on a topic now. */
    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> reader = reader(topic)) {
            Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
    }

    private KafkaConsumer<String, byte[]> reader(String topic) {
        Map<String, Object> settings = new HashMap<>(consumer);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "probe-" + UUID.randomUUID());
        KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(settings);
        List<PartitionInfo> partitions = reader.partitionsFor(topic);
        List<TopicPartition> assignment = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        reader.assign(assignment);
        reader.seekToBeginning(assignment);
        return reader;
    }

    private static <M extends Message> void collect(
            ConsumerRecord<String, byte[]> record, Class<M> type, Predicate<M> wanted, List<Event<M>> found) {
        read(record).filter(event -> type.isInstance(event.data())).ifPresent(event -> {
            M data = type.cast(event.data());
            if (wanted.test(data)) {
                found.add(new Event<>(
                        event.id(),
                        event.source(),
                        event.subject(),
                        event.time(),
                        event.correlationId(),
                        event.causationId(),
                        data));
            }
        });
    }

    /** What another test published broken on purpose is no event for this one. */
    private static Optional<Event<Message>> read(ConsumerRecord<String, byte[]> record) {
        try {
            return CloudEvents.read(record);
        } catch (RefusedEventException e) {
            return Optional.empty();
        }
    }

    private static String topic(Class<? extends Message> type) {
        return EventCatalog.of(com.google.protobuf.Internal.getDefaultInstance(type))
                .topic();
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused the record", e.getCause());
        }
    }
}
