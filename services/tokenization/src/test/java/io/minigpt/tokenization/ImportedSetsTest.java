package io.minigpt.tokenization;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportedSetsTest {

    private static final SplitRule RULE = SplitRule.STANDARD;
    private static final Selection ALL = new Selection("samples", 0, 1);
    private static final List<PairCandidate> PAIRS =
            new Pairs().curatedFamilies(30, 10).documents(200, 3).list();

    @Test
    void anItemIsLabelledByThePairThatAsksTheSame() {
        DatasetPlan without = SftPlan.of(PAIRS, ALL, RULE);

        DatasetPlan plan = SftPlan.of(
                PAIRS,
                List.of(
                        reported(0, question(without, Split.TRAIN, Label.TRAINED)),
                        reported(1, question(without, Split.REPORT, Label.UNSEEN)),
                        reported(2, question(without, Split.REPORT, Label.VARIANT_OF_TRAINED)),
                        reported(3, "asked by nobody else")),
                ALL,
                RULE);

        EvaluationSet set = plan.evaluationSets().getLast();
        assertThat(set.file()).isEqualTo("evaluation/report-exam.jsonl");
        assertThat(set.label()).isEmpty();
        assertThat(set.records()).containsExactly("exam-0", "exam-1", "exam-2", "exam-3");
        assertThat(labels(plan))
                .containsEntry("exam-0", Label.TRAINED)
                .containsEntry("exam-1", Label.UNSEEN)
                .containsEntry("exam-2", Label.VARIANT_OF_TRAINED)
                .containsEntry("exam-3", Label.UNSEEN);
        assertThat(plan.recordsByKind()).containsEntry("imported", 4L);
        assertThat(plan.records(Split.TRAIN)).isEqualTo(without.records(Split.TRAIN));
    }

    @Test
    void anItemAboutATrainedDocumentIsOfTheSameDocument() {
        DatasetPlan without = SftPlan.of(PAIRS, ALL, RULE);
        String trained = document(without, Split.TRAIN);
        String heldOut = document(without, Split.VALIDATION);

        DatasetPlan plan = SftPlan.of(
                PAIRS,
                List.of(
                        item("exam", SetUse.REPORT, 0, "new", Optional.of(trained)),
                        item("exam", SetUse.REPORT, 1, "newer", Optional.of(heldOut))),
                ALL,
                RULE);

        assertThat(labels(plan)).containsEntry("exam-0", Label.SAME_DOCUMENT).containsEntry("exam-1", Label.UNSEEN);
    }

    @Test
    void whatIsReportedOnIsNotChosenBy() {
        DatasetPlan without = SftPlan.of(PAIRS, ALL, RULE);
        PlannedRecord validating = without.entries().stream()
                .filter(entry -> entry.split() == Split.VALIDATION)
                .findFirst()
                .orElseThrow();
        String question = question(validating.id());

        DatasetPlan plan = SftPlan.of(
                PAIRS,
                List.of(
                        reported(0, question),
                        reported(1, "asked twice"),
                        item("check", SetUse.CHOOSE, 0, "asked twice", Optional.empty()),
                        item("check", SetUse.CHOOSE, 1, "asked once", Optional.empty())),
                ALL,
                RULE);

        assertThat(plan.entries())
                .filteredOn(entry -> entry.id().equals(validating.id()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.split()).isEqualTo(Split.REPORT);
                    assertThat(entry.label()).isEqualTo(validating.label());
                });
        assertThat(plan.records(Split.VALIDATION)).isEqualTo(without.records(Split.VALIDATION) - 1);
        Map<String, List<String>> sets =
                plan.evaluationSets().stream().collect(toMap(EvaluationSet::name, EvaluationSet::records));
        assertThat(sets.get("report-exam")).containsExactly("exam-0", "exam-1");
        assertThat(sets.get("choose-check")).containsExactly("check-1");
    }

    private static ImportedItem reported(int ordinal, String question) {
        return item("exam", SetUse.REPORT, ordinal, question, Optional.empty());
    }

    private static ImportedItem item(
            String set, SetUse use, int ordinal, String question, Optional<String> documentId) {
        return new ImportedItem(set + "-" + ordinal, set, use, ordinal, question, documentId);
    }

    private static String question(DatasetPlan plan, Split split, Label label) {
        return question(plan.entries().stream()
                .filter(entry -> entry.split() == split && entry.label() == label)
                .findFirst()
                .orElseThrow()
                .id());
    }

    private static String question(String id) {
        return PAIRS.stream()
                .filter(pair -> pair.id().equals(id))
                .findFirst()
                .orElseThrow()
                .questionKey();
    }

    private static String document(DatasetPlan plan, Split split) {
        return plan.entries().stream()
                .filter(entry -> entry.split() == split && entry.kind() == RecordKind.GENERATED)
                .findFirst()
                .orElseThrow()
                .familyId();
    }

    private static Map<String, Label> labels(DatasetPlan plan) {
        return plan.entries().stream()
                .filter(entry -> entry.kind() == RecordKind.IMPORTED)
                .collect(toMap(PlannedRecord::id, PlannedRecord::label));
    }
}
