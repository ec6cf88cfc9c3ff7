package io.minigpt.tokenization;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a version contains: a pure function of the active records, the selection and the split rule.
 *
 * @param entries all records, repetitions included; those of one split stand in the order of its token file
 * @param evaluationSets the sets frozen with it
 */
public record DatasetPlan(List<PlannedRecord> entries, List<EvaluationSet> evaluationSets) {

    public DatasetPlan {
        entries = List.copyOf(entries);
        evaluationSets = List.copyOf(evaluationSets);
    }

    /** Records of a split, each counted once. */
    public long records(Split split) {
        return entries.stream()
                .filter(entry -> entry.split() == split && entry.repetition() == 0)
                .count();
    }

    /** Records by the name of their kind, each counted once. */
    public Map<String, Long> recordsByKind() {
        return entries.stream()
                .filter(entry -> entry.repetition() == 0)
                .collect(Collectors.groupingBy(entry -> entry.kind().text(), TreeMap::new, Collectors.counting()));
    }
}
