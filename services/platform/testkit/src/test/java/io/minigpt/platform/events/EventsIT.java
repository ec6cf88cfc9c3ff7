package io.minigpt.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class EventsIT {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    Streams streams;

    private EventProbe probe;

    @BeforeEach
    void connect() {
        probe = new EventProbe();
    }

    @AfterEach
    void disconnect() {
        probe.close();
    }

    @Test
    void publishesWhatCommits() {
        String run = id();
        database.run(tx -> outbox.publish(tx, run, "pipeline-1", "cause-1", request(run)));
        Event<GenerationRequested> event =
                probe.await(GenerationRequested.class, data -> data.getRunId().equals(run));
        assertThat(event.subject()).isEqualTo(run);
        assertThat(event.source()).isEqualTo("/testkit");
        assertThat(event.correlationId()).isEqualTo("pipeline-1");
        assertThat(event.causationId()).isEqualTo("cause-1");
        Eventually.get(() -> count("select count(*) from outbox"), rows -> rows == 0);
    }

    @Test
    void publishesNothingOfWhatRollsBack() {
        String lost = id();
        assertThatThrownBy(() -> database.run(tx -> {
                    outbox.publish(tx, lost, request(lost));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        String kept = id();
        database.run(tx -> outbox.publish(tx, kept, request(kept)));
        probe.await(GenerationRequested.class, data -> data.getRunId().equals(kept));
        assertThat(probe.all(GenerationRequested.class, data -> data.getRunId().equals(lost)))
                .isEmpty();
    }

    @Test
    void keepsTheOrderOfTheOutbox() {
        String key = id();
        database.run(tx -> IntStream.rangeClosed(1, 1200)
                .forEach(n -> outbox.publish(
                        tx, key, request(key).toBuilder().setMaxDocuments(n).build())));
        List<Event<GenerationRequested>> events = probe.awaitCount(
                GenerationRequested.class, data -> data.getRunId().equals(key), 1200);
        assertThat(events).extracting(event -> event.data().getMaxDocuments()).isSorted();
    }

    @Test
    void refusesAnEventThatTheBrokerWouldRefuse() {
        GenerationRequested huge = request("x".repeat(Outbox.MAX_PAYLOAD_BYTES));
        assertThatThrownBy(() -> database.run(tx -> outbox.publish(tx, "key", huge)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs into an artifact");
    }

    @Test
    void appliesACommandOnce() {
        String run = id();
        Event<GenerationRequested> command = Event.of("/test", run, request(run));
        probe.publish(command);
        probe.publish(command);
        String last = id();
        probe.publish(run, request(last));
        Eventually.get(() -> effects(last), effects -> effects == 1);
        assertThat(effects(run)).isEqualTo(1);
    }

    @Test
    void appliesAStructuredJsonCommand() {
        String run = id();
        String body = """
                {"specversion": "1.0", "id": "%s", "source": "/console",
                 "type": "io.minigpt.generation.run.requested.v1",
                 "data": {"runId": "%s", "corpus": "news"}}
                """.formatted(id(), run);
        probe.publishRaw("generation.commands.v1", run, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        Eventually.get(() -> effects(run), effects -> effects == 1);
    }

    @Test
    void takesACommandAsJsonWithThreeHeaders() {
        String run = id();
        Map<String, String> headers = Map.of(
                "content-type", "application/json", "ce_type", "io.minigpt.generation.run.requested.v1", "ce_id", id());
        byte[] body = "{\"runId\": \"%s\", \"corpus\": \"news\"}".formatted(run).getBytes(StandardCharsets.UTF_8);
        probe.publishRaw("generation.commands.v1", run, headers, body);
        Eventually.get(() -> effects(run), effects -> effects == 1);

        Map<String, String> misspelt = new HashMap<>(headers);
        misspelt.put("ce_type", "io.minigpt.generation.run.request.v1");
        String lost = id();
        probe.publishRaw("generation.commands.v1", lost, misspelt, body);
        assertThat(deadLetterReason("generation.commands.v1", lost))
                .isEqualTo("unknown event type 'io.minigpt.generation.run.request.v1'");
        String unknown = id();
        probe.publishRaw(
                "generation.commands.v1", unknown, headers, "{\"corpora\": \"news\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(deadLetterReason("generation.commands.v1", unknown)).contains("corpora");
    }

    @Test
    void appliesAFactOnlyIfItsRevisionIsHigher() {
        String pair = id();
        String stream = "generation/" + id();
        probe.publish(pair, fact(stream, pair, 2, "new"));
        probe.publish(pair, fact(stream, pair, 1, "old"));
        awaitReceived(stream, 2);
        assertThat(question(pair)).isEqualTo("new");
    }

    @Test
    void knowsWhenAStreamIsCompleteAlthoughItArrivesInAnyOrder() {
        String stream = "generation/" + id();
        probe.publish("a", fact(stream, id(), 3, "c"));
        awaitReceived(stream, 1, 3);
        probe.publish("b", fact(stream, id(), 1, "a"));
        awaitReceived(stream, 2, 3);
        // number 2 was compacted away: number 4 is about the same pair and says so
        PairGenerated fourth = fact(stream, id(), 4, "d");
        probe.publish(
                "c",
                fourth.toBuilder()
                        .setPosition(fourth.getPosition().toBuilder().addSuperseded(2))
                        .build());
        awaitReceived(stream, 4, 4);
    }

    @Test
    void numbersAStreamWithoutGaps() {
        String stream = "test/" + id();
        long first = database.transact(tx -> streams.next(tx, stream, 3));
        assertThatThrownBy(() -> database.run(tx -> {
                    streams.next(tx, stream, 5);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        long next = database.transact(tx -> streams.next(tx, stream, 1));
        assertThat(first).isEqualTo(1);
        assertThat(next).isEqualTo(4);
        assertThat(database.read(tx -> streams.published(tx, stream)).getRevision())
                .isEqualTo(4);
    }

    @Test
    void sendsWhatCannotBeHandledToTheDeadLetterTopicAndGoesOn() {
        String stream = "generation/" + id();
        String poison = id();
        String good = id();
        probe.publish(poison, fact(stream, poison, 1, PairHandler.POISON));
        probe.publish(good, fact(stream, good, 2, "fine"));
        Eventually.get(() -> count("select count(*) from pair where id = '" + good + "'"), rows -> rows == 1);
        assertThat(deadLetterReason("generation.pair.v1", poison)).contains("cannot be applied");
    }

    @Test
    void sendsAMalformedCommandToTheDeadLetterTopicWithItsReason() {
        String broken = id();
        probe.publishRaw("generation.commands.v1", broken, Map.of(), "not json".getBytes(StandardCharsets.UTF_8));
        assertThat(deadLetterReason("generation.commands.v1", broken)).contains("not JSON");
        String incomplete = id();
        probe.publish(
                incomplete,
                GenerationRequested.newBuilder().setRunId(incomplete).build());
        assertThat(deadLetterReason("generation.commands.v1", incomplete)).isEqualTo("corpus is missing");
        String garbage = id();
        probe.publishRaw(
                "generation.pair.v1",
                garbage,
                Map.of("ce_id", id(), "ce_source", "/test", "ce_type", "io.minigpt.generation.pair.generated.v1"),
                ByteString.fromHex("ffffffff").toByteArray());
        assertThat(deadLetterReason("generation.pair.v1", garbage)).contains("payload");
    }

    private String deadLetterReason(String topic, String key) {
        String name = EventCatalog.deadLetterTopic(topic, "testkit");
        ConsumerRecord<String, byte[]> record = Eventually.get(
                () -> probe.records(name).stream()
                        .filter(candidate -> key.equals(candidate.key()))
                        .findFirst()
                        .orElse(null),
                candidate -> candidate != null);
        return new String(record.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }

    private void awaitReceived(String stream, long revision) {
        awaitReceived(stream, revision, revision);
    }

    private void awaitReceived(String stream, long have, long revision) {
        StreamRevision wanted = StreamRevision.newBuilder()
                .setStream(stream)
                .setRevision(revision)
                .build();
        Eventually.get(() -> database.read(tx -> streams.received(tx, wanted)), received -> received == have);
    }

    private static PairGenerated fact(String stream, String pair, long revision, String question) {
        return PairGenerated.newBuilder()
                .setPosition(StreamPosition.newBuilder().setStream(stream).setRevision(revision))
                .setPairId(pair)
                .setQuestion(question)
                .build();
    }

    private static GenerationRequested request(String run) {
        return GenerationRequested.newBuilder().setRunId(run).setCorpus("news").build();
    }

    private long effects(String run) {
        return count("select count(*) from effect where run_id = '" + run + "'");
    }

    private String question(String pair) {
        return database.read(tx -> tx.createQuery("select question from pair where id = :id")
                .bind("id", pair)
                .mapTo(String.class)
                .one());
    }

    private long count(String query) {
        return database.read(tx -> tx.createQuery(query).mapTo(Long.class).one());
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
