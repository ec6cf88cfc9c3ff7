package io.minigpt.qageneration;

import java.util.Map;

/**
 * What a run has done so far.
 *
 * @param total documents of the run
 * @param pending documents not done yet
 * @param reused documents whose pairs were there
 * @param failed documents given up
 * @param pairs pairs of the run's documents, made now or before
 * @param rejected pairs refused by a check, by reason
 * @param calls teacher calls of this run
 * @param tokensIn tokens sent to the teacher
 * @param tokensOut tokens received from it
 * @param generated pairs that this run published
 * @param retracted pairs that this run took back
 */
public record Counts(
        long total,
        long pending,
        long reused,
        long failed,
        long pairs,
        Map<String, Long> rejected,
        long calls,
        long tokensIn,
        long tokensOut,
        long generated,
        long retracted) {

    public Counts {
        rejected = Map.copyOf(rejected);
    }

    /** Documents whose pairs are complete or that are gone, so that nothing is left to do. */
    public long done() {
        return total - pending - failed;
    }

    /** Whether there were documents and nothing came of any. */
    public boolean fruitless() {
        return failed > 0 && done() == 0 && pairs == 0;
    }
}
