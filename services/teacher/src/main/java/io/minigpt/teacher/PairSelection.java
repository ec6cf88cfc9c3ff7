package io.minigpt.teacher;

import java.util.List;

/**
 * A reply, sorted.
 *
 * @param accepted cleaned pairs in the reply's order
 * @param rejected everything else in it, with the reason
 */
public record PairSelection(List<Pair> accepted, List<RejectedPair> rejected) {

    public PairSelection {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
    }
}
