package io.minigpt.tokenization;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SftPlanTest {

    private static final SplitRule RULE = SplitRule.STANDARD;
    private static final Selection ALL = new Selection("samples", 0, 1);

    @Test
    void theOrderOfArrivalChangesNothing() {
        Pairs pairs = new Pairs().curatedFamilies(10, 10).documents(100, 3);
        DatasetPlan expected = SftPlan.of(pairs.list(), ALL, RULE);
        for (int seed = 0; seed < 5; seed++) {
            assertThat(SftPlan.of(pairs.shuffled(seed), ALL, RULE)).isEqualTo(expected);
        }
    }

    @Test
    void curatedFamiliesAreTrainedOnButForTwoVariants() {
        DatasetPlan plan = SftPlan.of(new Pairs().curatedFamilies(50, 10).list(), ALL, RULE);

        Map<String, List<PlannedRecord>> families =
                plan.entries().stream().collect(groupingBy(PlannedRecord::familyId));
        assertThat(families).hasSize(50).allSatisfy((id, family) -> {
            assertThat(family).hasSize(11);
            assertThat(family)
                    .filteredOn(record -> record.kind() == RecordKind.CURATED)
                    .allMatch(SftPlanTest::trained);
            assertThat(family).filteredOn(record -> !trained(record)).hasSize(2).allSatisfy(record -> {
                assertThat(record.kind()).isEqualTo(RecordKind.VARIANT);
                assertThat(record.label()).isEqualTo(Label.VARIANT_OF_TRAINED);
            });
            // one to choose a checkpoint by, another to report on
            assertThat(family).extracting(PlannedRecord::split).contains(Split.VALIDATION, Split.REPORT);
        });
    }

    @Test
    void noDocumentStandsOnBothSidesButForLabelledHoldOuts() {
        DatasetPlan plan = SftPlan.of(new Pairs().documents(2000, 3).list(), ALL, RULE);

        Map<String, Set<Split>> splits = plan.entries().stream()
                .filter(record -> record.label() != Label.SAME_DOCUMENT)
                .collect(groupingBy(PlannedRecord::familyId, mapping(PlannedRecord::split, toSet())));
        assertThat(splits)
                .hasSize(2000)
                .allSatisfy(
                        (document, found) -> assertThat(found).as(document).containsExactly(RULE.ofPairs(document)));
        assertThat(plan.entries())
                .filteredOn(record -> record.label() == Label.UNSEEN)
                .allSatisfy(record -> assertThat(RULE.ofText(record.familyId())).isEqualTo(Split.VALIDATION));
        assertThat(share(plan, Label.UNSEEN, 6000)).isBetween(0.08, 0.12);
    }

    @Test
    void aTwentiethOfTheTrainedDocumentsHoldsOutOnePair() {
        DatasetPlan plan = SftPlan.of(new Pairs().documents(2000, 3).list(), ALL, RULE);

        List<PlannedRecord> heldOut = plan.entries().stream()
                .filter(record -> record.label() == Label.SAME_DOCUMENT)
                .toList();
        Set<String> documents = heldOut.stream().map(PlannedRecord::familyId).collect(toSet());
        assertThat(heldOut).hasSize(documents.size()).allMatch(record -> record.split() == Split.REPORT);
        assertThat(documents.size() / 1800.0).isBetween(0.035, 0.065);
        assertThat(documents).allMatch(document -> RULE.ofPairs(document) == Split.TRAIN);
    }

    @Test
    void aDocumentWithOnePairIsNotHeldOut() {
        DatasetPlan plan = SftPlan.of(new Pairs().documents(500, 1).list(), ALL, RULE);

        assertThat(plan.entries()).noneMatch(record -> record.label() == Label.SAME_DOCUMENT);
    }

    @Test
    void everyRecordStaysInItsSplitWhenOthersCome() {
        Pairs pairs = new Pairs().curatedFamilies(20, 10).documents(200, 3);
        Map<String, Split> before = splits(SftPlan.of(pairs.list(), ALL, RULE));
        for (int sequence = 201; sequence <= 400; sequence++) {
            pairs.document(sequence, 3);
        }

        Map<String, Split> after = splits(SftPlan.of(pairs.list(), ALL, RULE));

        assertThat(after).hasSize(before.size() + 600).containsAllEntriesOf(before);
    }

    @Test
    void trainedRecordsOfCuratedFamiliesAreRepeatedApart() {
        Selection repeated = new Selection("samples", 0, 5);

        DatasetPlan plan =
                SftPlan.of(new Pairs().curatedFamilies(20, 10).documents(100, 2).list(), repeated, RULE);

        Map<Boolean, List<PlannedRecord>> entries = plan.entries().stream()
                .collect(groupingBy(record -> record.familyId().startsWith("curated")));
        assertThat(entries.get(true)).filteredOn(SftPlanTest::trained).hasSize(20 * 9 * 5);
        assertThat(entries.get(true)).filteredOn(record -> !trained(record)).hasSize(20 * 2);
        assertThat(entries.get(false)).hasSize(200);
        List<String> order =
                plan.entries().stream().map(PlannedRecord::familyId).toList();
        long neighbours = java.util.stream.IntStream.range(1, order.size())
                .filter(i -> order.get(i).equals(order.get(i - 1)))
                .count();
        assertThat(neighbours).as("neighbours of one family").isLessThan(100);
        assertThat(plan.records(Split.TRAIN)).isLessThan(20 * 9 + 200);
    }

    @Test
    void ofEqualQuestionsTheFirstStays() {
        List<PairCandidate> pairs = new Pairs()
                .curatedFamilies(1, 3)
                .add(Pairs.generated(1, 0, "same"))
                .add(Pairs.generated(2, 0, "same"))
                .add(Pairs.generated(2, 1, "other"))
                .add(Pairs.generated(3, 0, "curated-1"))
                .add(Pairs.generated(3, 1, "curated-1-variant-2"))
                .shuffled(7);

        DatasetPlan plan = SftPlan.of(pairs, ALL, RULE);

        assertThat(plan.entries())
                .filteredOn(record -> record.kind() == RecordKind.GENERATED)
                .extracting(PlannedRecord::id)
                .containsExactlyInAnyOrder("document-1-pair-0", "document-2-pair-1");
    }

    @Test
    void theFirstPairsInDocumentOrderAreTaken() {
        DatasetPlan plan = SftPlan.of(new Pairs().documents(10, 3).shuffled(3), new Selection("samples", 7, 1), RULE);

        assertThat(plan.entries())
                .extracting(PlannedRecord::id)
                .containsExactlyInAnyOrder(
                        "document-1-pair-0",
                        "document-1-pair-1",
                        "document-1-pair-2",
                        "document-2-pair-0",
                        "document-2-pair-1",
                        "document-2-pair-2",
                        "document-3-pair-0");
    }

    @Test
    void variantsOfGeneratedPairsFollowTheirParents() {
        Pairs pairs = new Pairs().documents(300, 3);
        for (PairCandidate parent : pairs.list()) {
            pairs.variantOf(parent, "variant of " + parent.id());
        }

        Map<String, PlannedRecord> records = SftPlan.of(pairs.list(), ALL, RULE).entries().stream()
                .collect(toMap(PlannedRecord::id, record -> record));

        assertThat(records).hasSize(1800);
        records.values().stream()
                .filter(record -> record.kind() == RecordKind.VARIANT)
                .forEach(record -> {
                    PlannedRecord parent = records.get(record.parentId());
                    assertThat(record.split()).isEqualTo(parent.split());
                    assertThat(record.label()).isEqualTo(parent.label());
                });
    }

    @Test
    void evaluationSetsHaveWhatTheirLabelsSay() {
        DatasetPlan plan = SftPlan.of(
                new Pairs().curatedFamilies(30, 10).documents(1500, 3).list(), ALL, RULE);

        Map<String, EvaluationSet> sets =
                plan.evaluationSets().stream().collect(toMap(EvaluationSet::name, set -> set));
        assertThat(sets.get("curated").records()).hasSize(30).startsWith("curated-1", "curated-2");
        assertThat(sets.get("trained").records()).hasSize(100).doesNotHaveDuplicates();
        assertThat(sets.get("unseen").records()).hasSize(100);
        assertThat(sets.get("variants").records()).hasSize(30);
        Map<String, PlannedRecord> records =
                plan.entries().stream().collect(toMap(PlannedRecord::id, record -> record));
        Set<String> reported = new HashSet<>();
        sets.values()
                .forEach(set -> set.records().forEach(id -> {
                    assertThat(set.label()).contains(records.get(id).label());
                    reported.add(id);
                }));
        assertThat(plan.entries())
                .filteredOn(record -> record.split() == Split.VALIDATION)
                .isNotEmpty()
                .noneMatch(record -> reported.contains(record.id()));
    }

    private static boolean trained(PlannedRecord record) {
        return record.split() == Split.TRAIN && record.label() == Label.TRAINED;
    }

    private static double share(DatasetPlan plan, Label label, int total) {
        return plan.entries().stream().filter(record -> record.label() == label).count() / (double) total;
    }

    private static Map<String, Split> splits(DatasetPlan plan) {
        return plan.entries().stream().collect(toMap(PlannedRecord::id, PlannedRecord::split));
    }
}
