package io.minigpt.tokenization.store;

import io.minigpt.platform.database.BulkInsert;
import io.minigpt.tokenization.files.WrittenEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which records each freeze wrote, and where they stand in its files. */
@ApplicationScoped
public class DatasetRecords {

    private static final List<String> COLUMNS = List.of(
            "freeze_number",
            "record_id",
            "split",
            "label",
            "repetition",
            "number",
            "first_token",
            "tokens",
            "prompt_tokens",
            "sha256");

    /** Number of a freeze, which its rows carry. */
    public long freeze(Handle transaction, String runId) {
        return transaction
                .createQuery("select number from freeze_run where run_id = :run")
                .bind("run", runId)
                .mapTo(Long.class)
                .one();
    }

    public void add(Handle transaction, long freeze, List<WrittenEntry> entries) {
        BulkInsert.insert(
                transaction,
                "dataset_record",
                COLUMNS,
                entries,
                (row, entry) -> row.number(freeze)
                        .text(entry.record().id())
                        .text(entry.record().split().text())
                        .text(entry.record().label().text())
                        .number(entry.record().repetition())
                        .number(entry.number())
                        .number(entry.firstToken())
                        .number(entry.tokens())
                        .number(entry.promptTokens())
                        .bytes(entry.sha256()));
    }

    /** Whether a freeze wrote a record that was erased since. */
    public boolean holdErased(Handle transaction, String runId) {
        return transaction
                .createQuery("""
                        select exists (
                            select from record
                            join dataset_record place on place.record_id = record.id
                            where record.erased
                              and place.freeze_number = (select number from freeze_run where run_id = :run))
                        """)
                .bind("run", runId)
                .mapTo(Boolean.class)
                .one();
    }

    /** Tells the planner what is in the table now; the next question may come before the autovacuum. */
    public void analyze(Handle transaction) {
        transaction.execute("analyze dataset_record");
    }

    /** Forgets what a freeze wrote: an attempt that ended early, or a version that is the same as the one before. */
    public void remove(Handle transaction, String runId) {
        transaction.createUpdate("""
                        delete from dataset_record
                        where freeze_number = (select number from freeze_run where run_id = :run)
                        """).bind("run", runId).execute();
    }
}
