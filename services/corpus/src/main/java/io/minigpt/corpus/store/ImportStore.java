package io.minigpt.corpus.store;

import io.minigpt.corpus.ImportReport;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Imports that ended. */
@ApplicationScoped
public class ImportStore {

    /** An ended import; {@code brokenOff} says why its body was not read to the end, or is null. */
    public record Row(
            String importId,
            String corpus,
            String kind,
            long accepted,
            long duplicates,
            long skipped,
            long rejected,
            long revision,
            String brokenOff,
            Instant startedAt,
            Instant finishedAt) {}

    private final Database database;

    ImportStore(Database database) {
        this.database = database;
    }

    void add(Handle transaction, ImportReport report, long revision) {
        transaction
                .createUpdate("""
                        insert into import (id, corpus, kind, accepted, duplicates, skipped, rejected, revision,
                                            broken_off, started_at)
                        values (:id, :corpus, :kind, :accepted, :duplicates, :skipped, :rejected, :revision,
                                :brokenOff, :startedAt)
                        """)
                .bind("id", report.importId())
                .bind("corpus", report.corpus().value())
                .bind("kind", report.kind().plural())
                .bind("accepted", report.accepted())
                .bind("duplicates", report.duplicates())
                .bind("skipped", report.skipped())
                .bind("rejected", report.rejected())
                .bind("revision", revision)
                .bind("brokenOff", report.brokenOff())
                .bind("startedAt", report.startedAt())
                .execute();
    }

    /** One import. @throws NotFoundException if no import with this id has ended */
    public Row get(String id) {
        return database.read(handle -> handle.createQuery("select * from import where id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne()
                .orElseThrow(() -> new NotFoundException("finished import", id)));
    }

    /** The newest imports, into one corpus or, if that is empty, into all. */
    public List<Row> newest(String corpus, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from import where :corpus in ('', corpus) order by finished_at desc, id limit :limit
                        """)
                .bind("corpus", corpus)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("corpus"),
                row.getString("kind"),
                row.getLong("accepted"),
                row.getLong("duplicates"),
                row.getLong("skipped"),
                row.getLong("rejected"),
                row.getLong("revision"),
                row.getString("broken_off"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("finished_at").toInstant());
    }
}
