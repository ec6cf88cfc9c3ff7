package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.StreamPosition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

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
     * @param sql makes one change; besides what the change binds it takes {@code id}, {@code revision} and
     *     {@code superseded}
     */
    public void publish(Handle transaction, String stream, Cause cause, String sql, List<ResultChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        long number = streams.next(transaction, stream, changes.size());
        PreparedBatch batch = transaction.prepareBatch(sql);
        List<Event<Message>> events = new ArrayList<>();
        for (ResultChange change : changes) {
            change.columns().accept(batch);
            batch.bind("id", change.id())
                    .bind("revision", number)
                    .bind("superseded", change.superseded().toArray(Long[]::new))
                    .add();
            StreamPosition position = StreamPosition.newBuilder()
                    .setStream(stream)
                    .setRevision(number)
                    .addAllSuperseded(change.superseded())
                    .build();
            Message fact = change.fact().apply(position);
            events.add(Event.caused(outbox.source(), change.id(), cause.correlationId(), cause.eventId(), fact));
            number++;
        }
        batch.execute();
        outbox.append(transaction, events);
    }
}
