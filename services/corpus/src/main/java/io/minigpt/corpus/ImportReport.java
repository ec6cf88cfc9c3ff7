package io.minigpt.corpus;

import java.time.Instant;
import java.util.List;

/**
 * How an import ended.
 *
 * @param importId its id
 * @param corpus where it went
 * @param kind what it brought
 * @param accepted records published
 * @param duplicates records whose content was there already
 * @param skipped blank lines
 * @param rejected lines refused
 * @param rejections the first of them
 * @param brokenOff why the body could not be read to its end; null if it was
 * @param startedAt when it began
 */
public record ImportReport(
        String importId,
        CorpusName corpus,
        Kind kind,
        long accepted,
        long duplicates,
        long skipped,
        long rejected,
        List<Rejection> rejections,
        String brokenOff,
        Instant startedAt) {

    public ImportReport {
        rejections = List.copyOf(rejections);
    }
}
