package io.minigpt.tokenization.jobs;

import io.minigpt.platform.ConflictException;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordSnapshot;
import io.minigpt.tokenization.Selection;
import io.minigpt.tokenization.SftPlan;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.SplitRule;
import io.minigpt.tokenization.TokenizationConfig;
import io.minigpt.tokenization.files.Entry;
import io.minigpt.tokenization.files.PlannedEntries;
import io.minigpt.tokenization.store.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The pairs that a selection would freeze now. They are read from one moment of the record table into a file, so that no
 * slow reader holds a transaction open; one selection at a time, for it takes the memory of a freeze.
 */
@ApplicationScoped
public class SelectedPairs {

    /** Writes pairs one by one. */
    @FunctionalInterface
    public interface Form {
        void write(RecordContent.Pair pair, OutputStream out) throws IOException;
    }

    private final RecordStore records;
    private final TokenizationConfig config;
    private final Semaphore free = new Semaphore(1);

    SelectedPairs(RecordStore records, TokenizationConfig config) {
        this.records = records;
        this.config = config;
    }

    /**
     * The pairs of a split in the order that a version would have, each once.
     *
     * @return what the form made of them; closing it removes the file
     * @throws ConflictException while another selection is read
     */
    public InputStream read(Selection selection, Split split, Form form) throws IOException {
        if (!free.tryAcquire()) {
            throw new ConflictException("another selection is being read; ask again when it is done");
        }
        Path file = null;
        try {
            Files.createDirectories(config.workFolder());
            file = Files.createTempFile(config.workFolder(), "selection-", ".jsonl");
            write(selection, split, form, file);
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            if (file != null) {
                Files.deleteIfExists(file);
            }
            throw e;
        } finally {
            free.release();
        }
    }

    private void write(Selection selection, Split split, Form form, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            records.snapshot(selection.corpus(), snapshot -> {
                write(plan(selection, split, snapshot), snapshot, form, out);
                return null;
            });
        }
    }

    private static DatasetPlan plan(Selection selection, Split split, RecordSnapshot snapshot) {
        DatasetPlan plan = SftPlan.of(
                snapshot.pairs(), snapshot.imported(selection.evaluationSets()), selection, SplitRule.STANDARD);
        List<PlannedRecord> wanted = plan.entries().stream()
                .filter(entry -> entry.split() == split && entry.repetition() == 0)
                .toList();
        return new DatasetPlan(wanted, List.of());
    }

    private void write(DatasetPlan plan, RecordSnapshot snapshot, Form form, OutputStream out) {
        PlannedEntries entries = new PlannedEntries(plan, snapshot, config.batch());
        try {
            for (List<Entry> piece; !(piece = entries.next()).isEmpty(); ) {
                for (Entry entry : piece) {
                    if (entry.content() instanceof RecordContent.Pair pair) {
                        form.write(pair, out);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
