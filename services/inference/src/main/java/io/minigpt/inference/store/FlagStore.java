package io.minigpt.inference.store;

import com.google.protobuf.Timestamp;
import io.minigpt.inference.Flag;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.inference.v1.AnswerFlagged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Flagged answers. */
@ApplicationScoped
public class FlagStore {

    private final Database database;
    private final Outbox outbox;

    FlagStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** Keeps a flag and tells of it, both or neither. */
    public void add(Flag flag) {
        database.run(transaction ->
                outbox.publish(transaction, flag.version().model(), event(flag, insert(transaction, flag))));
    }

    private static Instant insert(Handle transaction, Flag flag) {
        return transaction
                .createQuery("""
                        insert into flag (id, model, version, prompt, answer, temperature, reason)
                        values (:id, :model, :version, :prompt, :answer, :temperature, :reason)
                        returning flagged_at
                        """)
                .bind("id", flag.id())
                .bind("model", flag.version().model())
                .bind("version", flag.version().version())
                .bind("prompt", flag.prompt())
                .bind("answer", flag.answer())
                .bind("temperature", flag.temperature())
                .bind("reason", flag.reason())
                .mapTo(Instant.class)
                .one();
    }

    private static AnswerFlagged event(Flag flag, Instant at) {
        return AnswerFlagged.newBuilder()
                .setFlagId(flag.id())
                .setModel(flag.version().model())
                .setVersion(flag.version().version())
                .setPrompt(flag.prompt())
                .setAnswer(flag.answer())
                .setTemperature(flag.temperature())
                .setReason(flag.reason())
                .setFlaggedAt(
                        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .build();
    }
}
