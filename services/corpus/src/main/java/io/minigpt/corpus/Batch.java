package io.minigpt.corpus;

import java.util.List;

/**
 * What some lines of an import hold; it is stored in one transaction.
 *
 * @param candidates in the order of their lines
 * @param rejections lines that were refused
 * @param skipped blank lines
 * @param end where the last of the lines ends
 */
public record Batch<C extends Candidate>(List<C> candidates, List<Rejection> rejections, long skipped, Position end) {

    public Batch {
        candidates = List.copyOf(candidates);
        rejections = List.copyOf(rejections);
    }
}
