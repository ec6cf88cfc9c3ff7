package io.minigpt.teacher;

import java.util.List;

/**
 * A reply of rewritten pairs, sorted.
 *
 * @param accepted cleaned pairs in the reply's order
 * @param rejected everything else in it, with the reason
 */
public record RewriteSelection(List<Pair> accepted, List<RejectedVariant> rejected) {

    public RewriteSelection {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
    }
}
