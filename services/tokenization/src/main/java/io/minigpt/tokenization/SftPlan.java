package io.minigpt.tokenization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses, splits and orders the pairs of a fine-tuning version.
 *
 * <p>Of equal questions one stays: a curated one before its variants, variants before generated pairs, then the first
 * in corpus order. Curated families are trained on but for the variants that the rule holds out; generated pairs follow
 * their document, and their variants follow them. The order within a split is that of a hash, so that families and
 * repetitions are spread over the whole file.
 */
public final class SftPlan {

    /** Pairs in the sets of trained and of unseen questions. */
    static final int SAMPLE = 100;

    /** Digits of a hash that decide the order: 128 bits, so that two are never equal. */
    private static final int ORDER_DIGITS = 32;

    private static final Comparator<PairCandidate> CORPUS_ORDER = Comparator.comparingLong(PairCandidate::sequence)
            .thenComparingInt(PairCandidate::parentOrdinal)
            .thenComparingInt(PairCandidate::ordinal)
            .thenComparing(PairCandidate::id);

    private final SplitRule rule;
    private final Set<String> questions = new HashSet<>();
    private final Map<String, PlannedRecord> planned = new HashMap<>();
    private final Set<String> ofCuratedFamilies = new HashSet<>();

    private final ImportedSets imported;

    private SftPlan(SplitRule rule, List<ImportedItem> imported) {
        this.rule = rule;
        this.imported = new ImportedSets(imported);
    }

    /**
     * @param pairs every active pair, in any order
     * @param selection what to take of them
     */
    public static DatasetPlan of(List<PairCandidate> pairs, Selection selection, SplitRule rule) {
        return of(pairs, List.of(), selection, rule);
    }

    /**
     * As {@link #of(List, Selection, SplitRule)}, with imported evaluation sets.
     *
     * @param imported their questions, in any order
     */
    public static DatasetPlan of(
            List<PairCandidate> pairs, List<ImportedItem> imported, Selection selection, SplitRule rule) {
        return new SftPlan(rule, imported).plan(pairs, selection);
    }

    private DatasetPlan plan(List<PairCandidate> pairs, Selection selection) {
        List<PairCandidate> taken = pairs.stream().filter(selection::takes).toList();
        List<PairCandidate> curated = inOrder(taken, RecordKind.CURATED, true);
        curated.forEach(pair -> questions.add(pair.questionKey()));
        List<PairCandidate> curatedVariants =
                first(distinct(inOrder(taken, RecordKind.VARIANT, true)), selection.maxVariants());
        List<PairCandidate> generated =
                first(distinct(inOrder(taken, RecordKind.GENERATED, false)), selection.maxGenerated());
        List<PairCandidate> generatedVariants = distinct(inOrder(taken, RecordKind.VARIANT, false));

        curated.forEach(pair -> add(pair, Split.TRAIN, Label.TRAINED));
        byFamily(curatedVariants).values().forEach(this::addVariants);
        byFamily(generated).forEach(this::addDocument);
        generatedVariants.stream()
                .filter(pair -> planned.containsKey(pair.parentId()))
                .limit(selection.maxVariants() == 0 ? Long.MAX_VALUE : selection.maxVariants() - curatedVariants.size())
                .forEach(pair -> {
                    PlannedRecord parent = planned.get(pair.parentId());
                    add(pair, parent.split(), parent.label());
                });

        Stream<PlannedRecord> entries =
                Stream.of(Split.TRAIN, Split.VALIDATION, Split.REPORT).flatMap(split -> spread(split, selection));
        return new DatasetPlan(
                Stream.concat(entries, imported.records().stream()).toList(),
                Stream.concat(evaluationSets(curated, curatedVariants, generated).stream(), imported.sets().stream())
                        .toList());
    }

    private void addVariants(List<PairCandidate> family) {
        Map<String, PairCandidate> byId = family.stream().collect(Collectors.toMap(PairCandidate::id, pair -> pair));
        List<String> ids = rule.order("variant", List.copyOf(byId.keySet()));
        for (int i = 0; i < ids.size(); i++) {
            PairCandidate pair = byId.get(ids.get(i));
            if (i < rule.heldOutVariants()) {
                add(pair, i == 0 ? Split.REPORT : Split.VALIDATION, Label.VARIANT_OF_TRAINED);
            } else {
                add(pair, Split.TRAIN, Label.TRAINED);
            }
        }
    }

    private void addDocument(String documentId, List<PairCandidate> pairs) {
        Split split = rule.ofPairs(documentId);
        if (split != Split.TRAIN) {
            pairs.forEach(pair -> add(pair, split, Label.UNSEEN));
            return;
        }
        List<String> ids = pairs.stream().map(PairCandidate::id).toList();
        // a document with one pair would not be trained on at all
        String heldOut = pairs.size() > 1 && rule.holdsOutOnePair(documentId)
                ? rule.order("same-document", ids).getFirst()
                : null;
        for (PairCandidate pair : pairs) {
            if (pair.id().equals(heldOut)) {
                add(pair, Split.REPORT, Label.SAME_DOCUMENT);
            } else {
                add(pair, Split.TRAIN, Label.TRAINED);
            }
        }
    }

    private void add(PairCandidate pair, Split split, Label label) {
        if (pair.ofCuratedFamily()) {
            ofCuratedFamilies.add(pair.id());
        }
        Split own = imported.split(pair, split);
        PlannedRecord record =
                new PlannedRecord(pair.id(), pair.kind(), pair.parentId(), pair.familyId(), own, label, 0);
        imported.note(pair, record);
        planned.put(pair.id(), record);
    }

    private Stream<PlannedRecord> spread(Split split, Selection selection) {
        return planned.values().stream()
                .filter(record -> record.split() == split)
                .flatMap(record -> {
                    int repeat = ofCuratedFamilies.contains(record.id())
                            ? selection.curatedRepeat()
                            : selection.generatedRepeat();
                    return IntStream.range(0, split == Split.TRAIN ? repeat : 1).mapToObj(record::repeated);
                })
                .map(record -> Map.entry(
                        rule.key("order-" + record.repetition(), record.id()).substring(0, ORDER_DIGITS), record))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    private List<EvaluationSet> evaluationSets(
            List<PairCandidate> curated, List<PairCandidate> curatedVariants, List<PairCandidate> generated) {
        return List.of(
                new EvaluationSet(
                        "curated",
                        Label.TRAINED,
                        curated.stream().map(PairCandidate::id).toList()),
                sample("trained", generated, Split.TRAIN, Label.TRAINED, SAMPLE),
                sample("unseen", generated, Split.REPORT, Label.UNSEEN, SAMPLE),
                sample("same-document", generated, Split.REPORT, Label.SAME_DOCUMENT, SAMPLE),
                sample("variants", curatedVariants, Split.REPORT, Label.VARIANT_OF_TRAINED, curatedVariants.size()));
    }

    private EvaluationSet sample(String name, List<PairCandidate> pairs, Split split, Label label, int size) {
        List<String> ids = pairs.stream()
                .map(pair -> planned.get(pair.id()))
                .filter(record -> record.split() == split && record.label() == label)
                .map(PlannedRecord::id)
                .toList();
        return new EvaluationSet(
                name, label, rule.order("evaluation", ids).stream().limit(size).toList());
    }

    private List<PairCandidate> distinct(List<PairCandidate> pairs) {
        return pairs.stream().filter(pair -> questions.add(pair.questionKey())).toList();
    }

    private static List<PairCandidate> first(List<PairCandidate> pairs, long most) {
        return most == 0 || pairs.size() <= most ? pairs : List.copyOf(pairs.subList(0, Math.toIntExact(most)));
    }

    private static List<PairCandidate> inOrder(List<PairCandidate> pairs, RecordKind kind, boolean curatedFamily) {
        return pairs.stream()
                .filter(pair -> pair.kind() == kind && pair.ofCuratedFamily() == curatedFamily)
                .sorted(CORPUS_ORDER)
                .toList();
    }

    private static Map<String, List<PairCandidate>> byFamily(List<PairCandidate> pairs) {
        Map<String, List<PairCandidate>> families = new HashMap<>();
        pairs.forEach(pair -> families.computeIfAbsent(pair.familyId(), id -> new ArrayList<>())
                .add(pair));
        return families;
    }
}
