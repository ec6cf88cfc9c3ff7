package io.minigpt.qageneration;

import java.util.List;

/**
 * What a teacher's replies about a document hold.
 *
 * @param pairs good pairs, by their ordinals
 * @param refusals pairs that a check refused
 * @param shortfalls passages for which too few pairs were found
 */
public record Findings(List<FoundPair> pairs, List<Refusal> refusals, List<Shortfall> shortfalls) {

    public Findings {
        pairs = List.copyOf(pairs);
        refusals = List.copyOf(refusals);
        shortfalls = List.copyOf(shortfalls);
    }

    /** Whether every passage has the pairs that its teacher promised. */
    public boolean complete() {
        return shortfalls.isEmpty();
    }
}
