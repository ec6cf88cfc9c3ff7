package io.minigpt.teacher.run;

import java.util.Map;

/**
 * What a run has done so far.
 *
 * @param total subjects of the run
 * @param pending subjects not done yet
 * @param reused subjects whose results were there
 * @param failed subjects given up
 * @param missing subjects done or given up that have fewer results than wanted
 * @param results results of the run's subjects, made now or before
 * @param made results of the subjects that this run asked about
 * @param rejected results refused by a check, by reason
 * @param teaching calls of this run and what they took
 * @param generated results that this run published
 * @param retracted results that this run took back
 */
public record Counts(
        long total,
        long pending,
        long reused,
        long failed,
        long missing,
        long results,
        long made,
        Map<String, Long> rejected,
        Teaching teaching,
        long generated,
        long retracted) {

    public Counts {
        rejected = Map.copyOf(rejected);
    }

    /** Subjects for which nothing is left to do, given up or not. */
    public long ended() {
        return total - pending;
    }

    /** Whether there were subjects and nothing came of any. */
    boolean fruitless() {
        return failed > 0 && failed == total && results == 0;
    }
}
