package io.minigpt.tokenization;

import java.util.Comparator;
import java.util.List;

/** Chooses and orders the documents of a pretraining version: all of them, in the order of their corpus. */
public final class PretrainingPlan {

    /** Documents whose continuation is compared with the text. */
    static final int CONTINUATIONS = 20;

    private PretrainingPlan() {}

    public static DatasetPlan of(List<DocumentCandidate> documents, SplitRule rule) {
        List<PlannedRecord> entries = documents.stream()
                .sorted(Comparator.comparingLong(DocumentCandidate::sequence).thenComparing(DocumentCandidate::id))
                .map(document -> planned(document.id(), rule.ofText(document.id())))
                .toList();
        List<String> trained = entries.stream()
                .filter(entry -> entry.split() == Split.TRAIN)
                .map(PlannedRecord::id)
                .toList();
        List<String> continued = rule.order("continuation", trained).stream()
                .limit(CONTINUATIONS)
                .toList();
        return new DatasetPlan(entries, List.of(new EvaluationSet("continuation", Label.TRAINED, continued)));
    }

    private static PlannedRecord planned(String id, Split split) {
        Label label = split == Split.TRAIN ? Label.TRAINED : Label.UNSEEN;
        return new PlannedRecord(id, RecordKind.DOCUMENT, null, id, split, label, 0);
    }
}
