package io.minigpt.corpus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of the lines of an import. */
final class Tally {

    private final int maxRejections;
    private final List<Rejection> rejections = new ArrayList<>();
    private long accepted;
    private long duplicates;
    private long skipped;
    private long rejected;

    /** @param maxRejections how many refused lines are kept; all are counted */
    Tally(int maxRejections) {
        this.maxRejections = maxRejections;
    }

    void skip() {
        skipped++;
    }

    void reject(long line, String reason) {
        rejected++;
        if (rejections.size() < maxRejections) {
            rejections.add(new Rejection(line, reason));
        }
    }

    void add(Admitted admitted) {
        accepted += admitted.accepted();
        duplicates += admitted.duplicates();
    }

    ImportReport report(String id, CorpusName corpus, Kind kind, String brokenOff, Instant startedAt) {
        return new ImportReport(
                id, corpus, kind, accepted, duplicates, skipped, rejected, rejections, brokenOff, startedAt);
    }
}
