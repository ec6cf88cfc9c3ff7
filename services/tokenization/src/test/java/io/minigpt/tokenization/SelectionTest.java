package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final SplitRule RULE = SplitRule.STANDARD;

    @Test
    void aMixtureTakesTheFirstOfEachKind() {
        List<PairCandidate> pairs =
                new Pairs().curatedFamilies(4, 5).documents(20, 3).shuffled(5);

        DatasetPlan plan = SftPlan.of(
                pairs,
                new Selection(
                        "samples",
                        40,
                        1,
                        List.of("variant", "generated"),
                        List.of(),
                        12,
                        1,
                        0,
                        Separator.EOT,
                        "qa",
                        List.of()),
                RULE);

        assertThat(plan.recordsByKind()).isEqualTo(Map.of("generated", 40L, "variant", 12L));
        // corpus order: the first two families whole, two of the third
        assertThat(plan.entries())
                .extracting(PlannedRecord::id)
                .contains("curated-1-variant-4", "curated-2-variant-4", "curated-3-variant-1")
                .doesNotContain("curated-3-variant-2");
    }

    @Test
    void otherPromptsAreLeftOut() {
        PairCandidate old = new PairCandidate(
                "old",
                RecordKind.GENERATED,
                "document-99",
                "document-99",
                "document-99",
                99,
                0,
                0,
                "old",
                "prompt-0",
                1);
        List<PairCandidate> pairs = new Pairs()
                .documents(5, 2)
                .add(old)
                .variantOf(old, "old, in other words")
                .list();

        DatasetPlan plan = SftPlan.of(
                pairs,
                new Selection("samples", 0, 1, List.of(), List.of("prompt-1"), 0, 1, 0, Separator.EOT, "qa", List.of()),
                RULE);

        assertThat(plan.recordsByKind()).isEqualTo(Map.of("generated", 10L));
    }

    @Test
    void generatedPairsCanBeRepeatedInTraining() {
        List<PairCandidate> pairs =
                new Pairs().curatedFamilies(1, 0).documents(50, 1).list();

        DatasetPlan plan = SftPlan.of(
                pairs,
                new Selection("samples", 0, 2, List.of(), List.of(), 0, 3, 0, Separator.EOT, "qa", List.of()),
                RULE);

        assertThat(plan.entries())
                .filteredOn(record -> record.kind() == RecordKind.CURATED)
                .hasSize(2);
        assertThat(plan.entries())
                .filteredOn(record -> record.kind() == RecordKind.GENERATED && record.split() == Split.TRAIN)
                .hasSize(3 * (int) (plan.records(Split.TRAIN) - 1));
        assertThat(plan.entries())
                .filteredOn(record -> record.split() != Split.TRAIN)
                .isNotEmpty()
                .allMatch(record -> record.repetition() == 0);
    }

    @Test
    void pairsThatAreNotGroundedEnoughAreLeftOut() {
        PairCandidate loose = new PairCandidate(
                "loose", RecordKind.GENERATED, "document-9", "document-9", "document-9", 9, 0, 0, "loose", "p", 0.79);
        List<PairCandidate> pairs = new Pairs()
                .curatedFamilies(1, 1)
                .documents(3, 1)
                .add(loose)
                .variantOf(loose, "loose, in other words")
                .list();

        DatasetPlan plan = SftPlan.of(
                pairs,
                new Selection("samples", 0, 1, List.of(), List.of(), 0, 1, 0.8, Separator.EOT, "qa", List.of()),
                RULE);

        assertThat(plan.recordsByKind()).isEqualTo(Map.of("curated", 1L, "variant", 1L, "generated", 3L));
        assertThatThrownBy(() -> new Selection(
                        "a", 0, 1, List.of(), List.of(), 0, 1, Double.NaN, Separator.EOT, "qa", List.of()))
                .hasMessage("minGrounding must be from 0 to 1, but is NaN");
    }

    @Test
    void anUnknownKindIsNamed() {
        assertThatThrownBy(() -> new Selection(
                        "samples", 0, 1, List.of("poem"), List.of(), 0, 1, 0, Separator.EOT, "qa", List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("kinds: 'poem' is not one of [curated, generated, variant]");
    }
}
