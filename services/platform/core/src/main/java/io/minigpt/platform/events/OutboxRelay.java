package io.minigpt.platform.events;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.database.CommitListener;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Sends the outbox to the broker: in id order, every row until the broker has acknowledged it, then deletes it. One
 * relay a database is active, held by an advisory lock on its connection; the others wait for that connection to end.
 * The database ends it when it is silent for too long: a frozen process keeps its connections open.
 */
@ApplicationScoped
public class OutboxRelay implements CommitListener {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final long LOCK = 0x6d696e69677074L;
    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 4 << 20;
    // the first row whatever its size, then as many as stay below the limit
    private static final String READ = """
            select id, topic, key, headers, payload
            from (select *, sum(octet_length(payload)) over (order by id) - octet_length(payload) as before
                  from outbox order by id limit %d) next
            where before < %d order by id
            """.formatted(BATCH, BATCH_BYTES);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LAST_ROUND = Duration.ofSeconds(5);
    /** Commits that follow one another shortly are looked at once. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(25);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Row(long id, ProducerRecord<String, byte[]> message) {}

    private final DataSource dataSource;
    private final EventsConfig config;
    private final Map<String, Object> kafka;
    private final Signal signal = new Signal(BETWEEN_ROUNDS);
    private volatile boolean stopping;
    private Thread thread;

    public OutboxRelay(
            DataSource dataSource, EventsConfig config, @Identifier(KafkaClients.BROKER) Map<String, Object> kafka) {
        this.dataSource = dataSource;
        this.config = config;
        this.kafka = kafka;
    }

    @Override
    public void committed() {
        signal.raise();
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("outbox-relay").start(this::relay);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        signal.raise();
        thread.join(LAST_ROUND);
    }

    private void relay() {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(KafkaClients.producer(kafka))) {
            while (!stopping) {
                try (Connection connection = dataSource.getConnection()) {
                    relay(connection, producer);
                } catch (SQLException | ExecutionException | IOException e) {
                    LOG.warnf("outbox relay: %s; trying again", e.getMessage());
                    signal.await(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, IOException, ExecutionException, InterruptedException {
        try {
            if (lock(connection, config.relaySilence())) {
                sendWhileActive(connection, producer);
            } else {
                signal.await(AFTER_FAILURE);
            }
        } finally {
            unlock(connection);
        }
    }

    private void sendWhileActive(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, IOException, ExecutionException, InterruptedException {
        while (true) {
            List<Row> rows = read(connection);
            if (rows.isEmpty()) {
                if (stopping) {
                    return;
                }
                signal.await(config.poll());
            } else {
                send(connection, producer, rows);
            }
        }
    }

    private static void send(Connection connection, Producer<String, byte[]> producer, List<Row> rows)
            throws SQLException, ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(rows.size());
        for (Row row : rows) {
            acknowledgements.add(producer.send(row.message()));
        }
        List<Long> sent = new ArrayList<>(rows.size());
        try {
            for (int i = 0; i < rows.size(); i++) {
                await(acknowledgements.get(i), connection);
                sent.add(rows.get(i).id());
            }
        } finally {
            delete(connection, sent);
        }
    }

    /** Waits as long as the producer tries, and shows the database meanwhile that this process is not frozen. */
    private static void await(Future<RecordMetadata> acknowledgement, Connection connection)
            throws SQLException, ExecutionException, InterruptedException {
        while (true) {
            try {
                acknowledgement.get(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                execute(connection, "select 1");
            }
        }
    }

    private static List<Row> read(Connection connection) throws SQLException, IOException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(READ);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                        result.getString("topic"), result.getString("key"), result.getBytes("payload"));
                JSON.readValue(result.getString("headers"), HEADERS)
                        .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                rows.add(new Row(result.getLong("id"), message));
            }
        }
        return rows;
    }

    private static void delete(Connection connection, List<Long> ids) throws SQLException {
        Array array = connection.createArrayOf("bigint", ids.toArray());
        try (PreparedStatement delete = connection.prepareStatement("delete from outbox where id = any(?)")) {
            delete.setArray(1, array);
            delete.executeUpdate();
        }
    }

    private static boolean lock(Connection connection, Duration silence) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select pg_try_advisory_lock(?), set_config('idle_session_timeout', ?, false)")) {
            query.setLong(1, LOCK);
            query.setString(2, Long.toString(silence.toMillis()));
            try (ResultSet result = query.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static void unlock(Connection connection) throws SQLException {
        execute(connection, "select pg_advisory_unlock_all()");
        execute(connection, "reset idle_session_timeout");
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement simple = connection.createStatement()) {
            simple.execute(statement);
        }
    }
}
