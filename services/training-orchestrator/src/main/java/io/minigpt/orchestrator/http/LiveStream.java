package io.minigpt.orchestrator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.orchestrator.OrchestratorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Sends the present state of something over and over as it changes. It reads the database, so any replica can do it.
 */
@ApplicationScoped
class LiveStream {

    private static final Logger LOG = Logger.getLogger(LiveStream.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final LiveChanges changes;
    private final OrchestratorConfig config;
    private final ObjectMapper json;

    LiveStream(LiveChanges changes, OrchestratorConfig config, ObjectMapper json) {
        this.changes = changes;
        this.config = config;
        this.json = json;
    }

    /**
     * Sends until the last state is sent, the client has gone or the server stops. The first state is read before
     * anything is sent, so that its absence is answered like that of any resource.
     */
    <T> void send(SseEventSink sink, Sse sse, String name, Supplier<T> read, Predicate<T> last) {
        T state = read.get();
        try (sink) {
            send(sink, event(sse, name, state));
            Instant sent = Instant.now();
            while (!last.test(state) && !changes.isStopping() && !sink.isClosed()) {
                long seen = changes.count();
                changes.pause(config.liveInterval());
                T next = read.get();
                if (!next.equals(state)) {
                    state = next;
                    send(sink, event(sse, name, state));
                    sent = Instant.now();
                } else if (sent.plus(config.heartbeat()).isBefore(Instant.now())) {
                    send(sink, sse.newEventBuilder().comment("still there").build());
                    sent = Instant.now();
                } else {
                    changes.await(seen, LOOK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CompletionException e) {
            LOG.debugf("a live stream ends because its client has gone: %s", e.getMessage());
        }
    }

    /** One line of JSON; given as an object, the event would carry a field that the format does not have. */
    private OutboundSseEvent event(Sse sse, String name, Object state) {
        try {
            return sse.newEvent(name, json.writeValueAsString(state));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view cannot be written as JSON", e);
        }
    }

    private static void send(SseEventSink sink, OutboundSseEvent event) {
        sink.send(event).toCompletableFuture().join();
    }
}
