package io.minigpt.local.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Follows what is said of training runs, each event once, in the order of its topic; goes on when the broker is back. */
final class TrainingEvents implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> TOPICS = List.of("training.run.v1", "training.step.v1", "registry.version.v1");
    private static final Map<String, Parser<? extends Message>> TYPES = Map.of(
            "io.minigpt.training.run.started.v1", TrainingStarted.parser(),
            "io.minigpt.training.run.checkpointed.v1", TrainingCheckpointed.parser(),
            "io.minigpt.training.run.finished.v1", TrainingFinished.parser(),
            "io.minigpt.training.step.measured.v1", StepMeasured.parser(),
            "io.minigpt.registry.version.registered.v1", VersionRegistered.parser());

    private final String broker;
    private final Map<String, Message> seen = new LinkedHashMap<>();
    private final Thread reader;
    private volatile boolean closing;

    TrainingEvents(String broker) {
        this.broker = broker;
        this.reader = Thread.ofPlatform().name("training-events").start(this::read);
    }

    <M extends Message> List<M> all(Class<M> type, Predicate<M> wanted) {
        synchronized (seen) {
            return seen.values().stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(wanted)
                    .toList();
        }
    }

    <M extends Message> M await(Class<M> type, Predicate<M> wanted) {
        return TrainingFleet.await("there is a " + type.getSimpleName(), () -> first(type, wanted));
    }

    <M extends Message> M await(Class<M> type, Predicate<M> wanted, Duration limit) {
        return TrainingFleet.await("there is a " + type.getSimpleName(), () -> first(type, wanted), limit);
    }

    private <M extends Message> Optional<M> first(Class<M> type, Predicate<M> wanted) {
        return all(type, wanted).stream().findFirst();
    }

    void seal(DatasetVersion version) throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer())) {
            byte[] sealed = DatasetVersionSealed.newBuilder()
                    .setVersion(version)
                    .build()
                    .toByteArray();
            ProducerRecord<String, byte[]> event =
                    new ProducerRecord<>("dataset.version.v1", version.getName(), sealed);
            Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", UUID.randomUUID().toString(),
                            "ce_source", "/soak",
                            "ce_type", "io.minigpt.dataset.version.sealed.v1",
                            "content-type", "application/protobuf")
                    .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(event).get();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        reader.join();
    }

    private void read() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker,
                        "group.id", "training-events",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(TOPICS);
            while (!closing) {
                consumer.poll(POLL).forEach(this::note);
            }
        }
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        Parser<? extends Message> parser = TYPES.get(header(record, "ce_type"));
        if (parser == null) {
            return;
        }
        try {
            Message message = parser.parseFrom(record.value());
            synchronized (seen) {
                seen.putIfAbsent(header(record, "ce_id"), message);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
