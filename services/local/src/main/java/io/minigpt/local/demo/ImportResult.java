package io.minigpt.local.demo;

import java.util.List;

/**
 * What became of an imported file.
 *
 * @param accepted lines that are new in the corpus
 * @param duplicates lines whose content it had
 * @param skipped lines without content of use
 * @param rejected lines that were refused
 * @param revision state of the corpus after the import
 * @param rejections the refused lines with the reasons
 */
record ImportResult(
        long accepted, long duplicates, long skipped, long rejected, long revision, List<Rejection> rejections) {

    ImportResult {
        rejections = rejections == null ? List.of() : List.copyOf(rejections);
    }

    /**
     * A refused line.
     *
     * @param line counted from 1
     * @param reason why
     */
    record Rejection(long line, String reason) {}
}
