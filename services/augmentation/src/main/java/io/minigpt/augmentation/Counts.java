package io.minigpt.augmentation;

import java.util.Map;

/**
 * What a run has done so far.
 *
 * @param total questions of the run
 * @param pending questions not done yet
 * @param reused questions whose variants were there
 * @param failed questions given up because the teacher could not be asked
 * @param missing questions done or given up that have fewer variants than wanted
 * @param variants variants of the run's questions, made now or before
 * @param rejected variants refused by a check, by reason
 * @param calls teacher calls of this run
 * @param generated variants that this run published
 * @param retracted variants that this run took back
 */
public record Counts(
        long total,
        long pending,
        long reused,
        long failed,
        long missing,
        long variants,
        Map<String, Long> rejected,
        long calls,
        long generated,
        long retracted) {

    public Counts {
        rejected = Map.copyOf(rejected);
    }

    /** Questions for which nothing is left to do. */
    public long done() {
        return total - pending;
    }

    /** Whether there were questions and the teacher could be asked about none. */
    public boolean fruitless() {
        return failed > 0 && failed == total;
    }
}
