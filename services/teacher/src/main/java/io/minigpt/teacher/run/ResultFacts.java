package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.platform.database.Insertion;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.StreamPosition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Stores results of runs — pairs, variants — and publishes them as they change. */
@ApplicationScoped
public class ResultFacts {

    private final Streams streams;
    private final Outbox outbox;

    ResultFacts(Streams streams, Outbox outbox) {
        this.streams = streams;
        this.outbox = outbox;
    }

    /**
     * Makes the changes, each with a fact that has the next number of the stream. The corpus must be locked.
     *
     * @param sql makes all changes; it takes {@code changes}, a JSON array of rows, which besides the columns of a
     *     change have {@code id}, {@code revision} and {@code superseded}
     */
    public void publish(Handle transaction, String stream, Cause cause, String sql, List<ResultChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        long number = streams.next(transaction, stream, changes.size());
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Event<Message>> events = new ArrayList<>();
        for (ResultChange change : changes) {
            Map<String, Object> row = new HashMap<>(change.columns());
            row.put("id", change.id());
            row.put("revision", number);
            row.put("superseded", change.superseded());
            rows.add(row);
            StreamPosition position = StreamPosition.newBuilder()
                    .setStream(stream)
                    .setRevision(number)
                    .addAllSuperseded(change.superseded())
                    .build();
            Message fact = change.fact().apply(position);
            events.add(Event.caused(outbox.source(), change.id(), cause.correlationId(), cause.eventId(), fact));
            number++;
        }
        transaction.createUpdate(sql).bind("changes", Insertion.json(rows)).execute();
        outbox.append(transaction, events);
    }
}
