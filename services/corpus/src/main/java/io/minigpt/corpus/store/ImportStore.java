package io.minigpt.corpus.store;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.minigpt.corpus.Batch;
import io.minigpt.corpus.ImportOrder;
import io.minigpt.corpus.Position;
import io.minigpt.corpus.Rejection;
import io.minigpt.corpus.Rejections;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.BulkInsert;
import io.minigpt.platform.database.Columns;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of imports, under way and ended. */
@ApplicationScoped
public class ImportStore implements Rejections {

    private static final String SELECT = """
            select i.*, (select coalesce(json_object_agg(r.code, r.count order by r.code), '{}')
                         from import_reason r where r.import_id = i.id) as reasons
            from import i
            """;

    /**
     * An import.
     *
     * @param state queued, running, finished, failed or cancelled
     * @param source stream, upload or the name of a file
     * @param lines lines that are done
     * @param readBytes bytes of the source that were read; null if that is not known
     * @param totalBytes bytes of the source; null if that is not known
     * @param duplicates records whose content was there already or nearly
     * @param nearDuplicates those of them whose content was there nearly
     * @param reasons refused lines by reason, as a JSON object
     * @param revision of the corpus at its end; 0 before
     * @param brokenOff why it was not read to its end; null if it was
     * @param finishedAt null while it is under way
     */
    public record Row(
            String importId,
            String corpus,
            String kind,
            String state,
            String source,
            long lines,
            Long readBytes,
            Long totalBytes,
            long accepted,
            long duplicates,
            long nearDuplicates,
            long skipped,
            long rejected,
            @JsonRawValue String reasons,
            long revision,
            String brokenOff,
            Instant startedAt,
            Instant finishedAt) {}

    /**
     * How an import begins.
     *
     * @param source stream, upload or the name of a file
     * @param totalBytes size of the source, if that is known
     */
    public record Entered(String source, ImportState state, OptionalLong totalBytes) {

        static Entered stream() {
            return new Entered("stream", ImportState.RUNNING, OptionalLong.empty());
        }
    }

    private final Database database;

    ImportStore(Database database) {
        this.database = database;
    }

    void add(Handle transaction, ImportOrder order, Entered entered) {
        transaction
                .createUpdate("""
                        insert into import (id, corpus, kind, accepted, duplicates, skipped, rejected, revision, state,
                                            source, total_bytes, started_at)
                        values (:id, :corpus, :kind, 0, 0, 0, 0, 0, :state, :source, :totalBytes, clock_timestamp())
                        """)
                .bind("id", order.id())
                .bind("corpus", order.corpus().value())
                .bind("kind", order.kind().plural())
                .bind("state", entered.state().text())
                .bind("source", entered.source())
                .bind("totalBytes", nullable(entered.totalBytes()))
                .execute();
    }

    /** Adds what a batch brought. @throws IllegalStateException if the import has ended */
    void progress(Handle transaction, ImportOrder order, Batch<?> batch, Admitted admitted, OptionalLong readBytes) {
        int running = transaction
                .createUpdate("""
                        update import set state = 'running', lines = :lines, position = :position,
                                          read_bytes = :readBytes, accepted = accepted + :accepted,
                                          duplicates = duplicates + :duplicates,
                                          near_duplicates = near_duplicates + :nearDuplicates,
                                          skipped = skipped + :skipped, rejected = rejected + :rejected,
                                          updated_at = clock_timestamp()
                        where id = :id and state in ('queued', 'running')
                        """)
                .bind("id", order.id())
                .bind("lines", batch.end().line())
                .bind("position", batch.end().offset())
                .bind("readBytes", nullable(readBytes))
                .bind("accepted", admitted.accepted())
                .bind("duplicates", admitted.duplicates())
                .bind("nearDuplicates", admitted.nearDuplicates())
                .bind("skipped", batch.skipped())
                .bind("rejected", batch.rejections().size())
                .execute();
        if (running == 0) {
            throw new IllegalStateException("import " + order.id() + " has ended: it made no progress for too long");
        }
    }

    /** Keeps refused lines, up to a limit for the whole import, and counts all of them. */
    void reject(Handle transaction, ImportOrder order, List<Rejection> rejections, long max) {
        if (rejections.isEmpty()) {
            return;
        }
        long kept = transaction
                .createQuery("select count(*) from import_reject where import_id = :id")
                .bind("id", order.id())
                .mapTo(Long.class)
                .one();
        BulkInsert.insert(
                transaction,
                "import_reject",
                List.of("import_id", "line", "code", "reason", "excerpt"),
                rejections.stream().limit(Math.max(0, max - kept)).toList(),
                (row, rejection) -> row.text(order.id())
                        .number(rejection.line())
                        .text(rejection.code())
                        .text(rejection.reason())
                        .text(rejection.excerpt()));
        Map<String, Long> counts =
                rejections.stream().collect(Collectors.groupingBy(Rejection::code, Collectors.counting()));
        counts.forEach((code, count) -> transaction
                .createUpdate("""
                        insert into import_reason (import_id, code, count) values (:id, :code, :count)
                        on conflict (import_id, code) do update set count = import_reason.count + excluded.count
                        """)
                .bind("id", order.id())
                .bind("code", code)
                .bind("count", count)
                .execute());
    }

    Row end(Handle transaction, ImportOrder order, ImportState state, Optional<String> why, long revision) {
        transaction
                .createUpdate("""
                        update import set state = :state, broken_off = :why, revision = :revision,
                                          finished_at = clock_timestamp(), updated_at = clock_timestamp()
                        where id = :id
                        """)
                .bind("id", order.id())
                .bind("state", state.text())
                .bind("why", why.orElse(null))
                .bind("revision", revision)
                .execute();
        return find(transaction, order.id()).orElseThrow();
    }

    /** Closes imports by stream whose replica died: nobody sends their bodies any more. */
    void closeAbandoned(Handle transaction, Duration age) {
        transaction.createUpdate("""
                        update import set state = 'failed', finished_at = clock_timestamp(),
                                          broken_off = 'after line ' || lines || ': no progress'
                        where state = 'running' and source = 'stream'
                          and updated_at < clock_timestamp() - :age * interval '1 second'
                        """).bind("age", age.toSeconds()).execute();
    }

    /** Where an import goes on. */
    public Position position(Handle transaction, String id) {
        return transaction
                .createQuery("select lines, position from import where id = :id")
                .bind("id", id)
                .map((row, context) -> new Position(row.getLong("lines"), row.getLong("position")))
                .one();
    }

    /** One import. @throws NotFoundException if there is none with this id */
    public Row get(String id) {
        return database.read(handle -> find(handle, id).orElseThrow(() -> new NotFoundException("import", id)));
    }

    /** The newest imports, into one corpus or, if that is empty, into all. */
    public List<Row> newest(String corpus, int limit) {
        return database.read(handle -> handle.createQuery(
                        SELECT + " where :corpus in ('', corpus) order by started_at desc, id limit :limit")
                .bind("corpus", corpus)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    @Override
    public List<Rejection> rejections(String id, long after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from import_reject where import_id = :id and line > :after order by line limit :limit
                        """)
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Rejection(
                        row.getLong("line"), row.getString("code"), row.getString("reason"), row.getString("excerpt")))
                .list());
    }

    private Optional<Row> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " where i.id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne();
    }

    private static Long nullable(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("corpus"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("source"),
                row.getLong("lines"),
                row.getObject("read_bytes", Long.class),
                row.getObject("total_bytes", Long.class),
                row.getLong("accepted"),
                row.getLong("duplicates"),
                row.getLong("near_duplicates"),
                row.getLong("skipped"),
                row.getLong("rejected"),
                row.getString("reasons"),
                row.getLong("revision"),
                row.getString("broken_off"),
                Columns.instant(row, "started_at"),
                Columns.optionalInstant(row, "finished_at").orElse(null));
    }
}
