package io.minigpt.inference.store;

import io.minigpt.inference.Trace;
import io.minigpt.inference.TraceLog;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Traces in the database. */
@ApplicationScoped
class TraceStore implements TraceLog {

    private static final int LONGEST_TEXT = 65_536;

    private final Database database;

    TraceStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(List<Trace> traces) {
        database.transactQuietly(transaction -> {
            PreparedBatch batch = transaction.prepareBatch("""
                    insert into trace (id, place, model, version, prompt, answer, temperature, seed, finish_reason,
                                       answered_at)
                    values (:id, :place, :model, :version, :prompt, :answer, :temperature, :seed, :reason, :at)
                    on conflict do nothing
                    """);
            for (Trace trace : traces) {
                batch.bind("id", trace.id())
                        .bind("place", trace.place())
                        .bind("model", trace.version().model())
                        .bind("version", trace.version().version())
                        .bind("prompt", storable(trace.prompt()))
                        .bind("answer", storable(trace.answer()))
                        .bind("temperature", trace.temperature())
                        .bind("seed", trace.seed())
                        .bind("reason", trace.finishReason())
                        .bind("at", trace.at())
                        .add();
            }
            return batch.execute();
        });
    }

    @Override
    public List<Trace> find(String id) {
        return database.read(transaction -> transaction
                .createQuery("select * from trace where id = :id order by place")
                .bind("id", id)
                .map((row, context) -> new Trace(
                        row.getString("id"),
                        row.getInt("place"),
                        new VersionId(row.getString("model"), row.getInt("version")),
                        row.getString("prompt"),
                        row.getString("answer"),
                        row.getDouble("temperature"),
                        row.getLong("seed"),
                        row.getString("finish_reason"),
                        row.getTimestamp("answered_at").toInstant()))
                .list());
    }

    @Override
    public int forget(Instant before) {
        return database.transactQuietly(transaction -> transaction
                .createUpdate("delete from trace where answered_at < :before")
                .bind("before", before)
                .execute());
    }

    /** The end of a long text, and what PostgreSQL cannot store shown as the symbol of it. */
    private static String storable(String text) {
        String end = text.length() <= LONGEST_TEXT ? text : text.substring(text.length() - LONGEST_TEXT);
        String whole = !end.isEmpty() && Character.isLowSurrogate(end.charAt(0)) ? end.substring(1) : end;
        return whole.replace('\0', '\u2400');
    }
}
