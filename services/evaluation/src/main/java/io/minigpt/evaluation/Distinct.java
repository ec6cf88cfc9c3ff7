package io.minigpt.evaluation;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Distinct-n: the number of different sequences of n characters in all answers of a set over the number of all (Li et
 * al., "A Diversity-Promoting Objective Function for Neural Conversation Models", 2016, section 5.3, over characters).
 * It falls with the number of answers, so only sets of the same size compare. 0 if every answer is shorter.
 *
 * @param length n, at least 1
 */
public record Distinct(int length) {

    public Distinct {
        if (length < 1) {
            throw new IllegalArgumentException("length must be at least 1, not " + length);
        }
    }

    /** Its name in answers and events. */
    public String name() {
        return "distinct_" + length;
    }

    /** The score of all answers of a set. */
    public double score(Collection<String> answers) {
        Set<List<Integer>> distinct = new HashSet<>();
        long all = 0;
        for (String answer : answers) {
            Map<List<Integer>, Integer> grams = Characters.grams(Characters.of(answer), length);
            distinct.addAll(grams.keySet());
            all += grams.values().stream().mapToInt(Integer::intValue).sum();
        }
        return all == 0 ? 0 : (double) distinct.size() / all;
    }
}
