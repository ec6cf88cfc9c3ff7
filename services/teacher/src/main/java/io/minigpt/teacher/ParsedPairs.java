package io.minigpt.teacher;

import java.util.List;

/**
 * What {@link PairParser} found in a reply.
 *
 * @param candidates the pairs, in the reply's order
 * @param unreadable the beginnings of objects that are not valid JSON, as they came
 */
public record ParsedPairs(List<PairCandidate> candidates, List<String> unreadable) {

    public ParsedPairs {
        candidates = List.copyOf(candidates);
        unreadable = List.copyOf(unreadable);
    }
}
