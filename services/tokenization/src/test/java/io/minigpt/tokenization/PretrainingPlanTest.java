package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PretrainingPlanTest {

    private final List<DocumentCandidate> documents = IntStream.rangeClosed(1, 1000)
            .mapToObj(sequence -> new DocumentCandidate("document-" + sequence, sequence))
            .toList();

    @Test
    void allDocumentsInCorpusOrderATenthHeldOut() {
        List<DocumentCandidate> arrived = new ArrayList<>(documents);
        Collections.shuffle(arrived, new Random(1));

        DatasetPlan plan = PretrainingPlan.of(arrived, SplitRule.STANDARD);

        assertThat(plan.entries())
                .extracting(PlannedRecord::id)
                .containsExactlyElementsOf(
                        documents.stream().map(DocumentCandidate::id).toList());
        assertThat(plan.records(Split.VALIDATION)).isBetween(70L, 130L);
        assertThat(plan.records(Split.REPORT)).isZero();
    }

    @Test
    void aDocumentIsHeldOutFromTextsAndPairsAlike() {
        SplitRule rule = SplitRule.STANDARD;
        assertThat(documents)
                .allMatch(document ->
                        (rule.ofPairs(document.id()) == Split.TRAIN) == (rule.ofText(document.id()) == Split.TRAIN));
    }

    @Test
    void theSplitOfAnIdNeverChanges() {
        // these stand in sealed versions: another answer needs another salt and recipe version
        assertThat(SplitRule.STANDARD.ofText("document-1")).isEqualTo(Split.TRAIN);
        assertThat(documents.stream().filter(document -> SplitRule.STANDARD.ofText(document.id()) != Split.TRAIN))
                .extracting(DocumentCandidate::id)
                .startsWith("document-5", "document-15", "document-50", "document-71", "document-79", "document-80");
    }

    @Test
    void continuationsAreOfTrainedDocuments() {
        DatasetPlan plan = PretrainingPlan.of(documents, SplitRule.STANDARD);

        EvaluationSet set = plan.evaluationSets().getFirst();
        assertThat(set.file()).isEqualTo("evaluation/continuation.jsonl");
        assertThat(set.records()).hasSize(20).allMatch(id -> SplitRule.STANDARD.ofText(id) == Split.TRAIN);
    }
}
