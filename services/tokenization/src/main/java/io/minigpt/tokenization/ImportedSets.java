package io.minigpt.tokenization;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The imported evaluation sets of a version: each item is labelled by the pairs that the version has, and no question is
 * both chosen by and reported on.
 *
 * <p>An item that a pair asks too has that pair's label. Another one is of the same document if the version trains on a
 * pair of the document that it names, and unseen otherwise.
 */
final class ImportedSets {

    private final List<ImportedItem> items;
    private final Set<String> reported;
    private final Set<String> questions;
    private final Map<String, Label> byQuestion = new HashMap<>();
    private final Set<String> trainedDocuments = new HashSet<>();

    ImportedSets(List<ImportedItem> items) {
        reported = items.stream()
                .filter(item -> item.use() == SetUse.REPORT)
                .map(ImportedItem::questionKey)
                .collect(Collectors.toUnmodifiableSet());
        questions = items.stream().map(ImportedItem::questionKey).collect(Collectors.toUnmodifiableSet());
        this.items = items.stream()
                .filter(item -> item.use() == SetUse.REPORT || !reported.contains(item.questionKey()))
                .sorted(Comparator.comparing(ImportedItem::frozenSet).thenComparingInt(ImportedItem::ordinal))
                .toList();
    }

    /** The split of a pair: one that is reported on does not validate. */
    Split split(PairCandidate pair, Split planned) {
        return planned == Split.VALIDATION && reported.contains(pair.questionKey()) ? Split.REPORT : planned;
    }

    /** Takes note of a pair of the version. */
    void note(PairCandidate pair, PlannedRecord planned) {
        if (questions.contains(pair.questionKey())) {
            byQuestion.put(pair.questionKey(), planned.label());
        }
        if (planned.split() == Split.TRAIN && pair.documentId() != null) {
            trainedDocuments.add(pair.documentId());
        }
    }

    /** The items as records, once all pairs were noted. */
    List<PlannedRecord> records() {
        return items.stream().map(this::record).toList();
    }

    List<EvaluationSet> sets() {
        Map<String, List<String>> ids = items.stream()
                .collect(Collectors.groupingBy(
                        ImportedItem::frozenSet,
                        TreeMap::new,
                        Collectors.mapping(ImportedItem::id, Collectors.toList())));
        return ids.entrySet().stream()
                .map(set -> new EvaluationSet(set.getKey(), Optional.empty(), set.getValue()))
                .toList();
    }

    private PlannedRecord record(ImportedItem item) {
        String family = item.documentId().orElse(item.id());
        return new PlannedRecord(item.id(), RecordKind.IMPORTED, null, family, Split.REPORT, label(item), 0);
    }

    private Label label(ImportedItem item) {
        Label asked = byQuestion.get(item.questionKey());
        if (asked != null) {
            return asked;
        }
        return item.documentId().filter(trainedDocuments::contains).isPresent() ? Label.SAME_DOCUMENT : Label.UNSEEN;
    }
}
